import type { Plan } from '../../convert/planUpload.js';
import { amount, number } from '../../report/amount.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';
import { type Asked, byType, idsCommand, knewNone } from './mapUse.js';
import { pointed } from './rejections.js';

/**
 * Whether the payloads can be sent: only where each id in them is ClinikAPI's, or that of a record of the run, which the waves tell
 * to wait for. Else how many are ids of the source, and what helps. Nothing is ready under an id map that knew none of the references.
 */
export function readiness(
  summary: Pick<Plan, 'references' | 'waves'>,
  width: number,
  colours: Paint,
  asked?: Asked,
): string[] {
  if (summary.waves.length === 0) return [];
  const { ofSource, rejected, idMap } = summary.references;
  const { bold, good, warn } = colours;
  const isWrongMap = idMap !== undefined && knewNone(idMap);
  if (ofSource.total === 0 && rejected.total === 0 && !isWrongMap) return [bold(good('READY TO SEND'))];
  const said: string[] = [];
  const say = (text: string, fix: string): void => {
    said.push(...wrap(text, width - 2), ...pointed(fix, width - 2));
  };
  if (ofSource.total > 0) {
    const are = ofSource.total === 1 ? 'is an id' : 'are ids';
    say(
      `${amount(ofSource.total, 'reference')} to ${amount(ofSource.records, 'record')} ${are} of the source (${byType(ofSource)}).`,
      'Make an id map, fill it in, and run again with --id-map ids.csv:',
    );
    said.push(`  ${idsCommand(asked)}`);
  }
  if (rejected.total > 0) {
    const points = rejected.total === 1 ? 'reference points' : 'references point';
    const types = Object.entries(rejected.byType).map(([type, count]) => `${type} ${number(count)}`);
    say(
      `${number(rejected.total)} ${points} at rejected records, and so at nothing (${types.join(', ')}).`,
      'Fix the rejected records, and convert the whole input again.',
    );
  }
  return [bold(warn('NOT READY TO SEND')), ...said.map((line) => warn(`  ${line}`))];
}
