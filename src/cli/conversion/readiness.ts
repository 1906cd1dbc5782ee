import type { Plan } from '../../convert/planUpload.js';
import { amount, number } from '../../report/amount.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';
import { pointed } from './rejections.js';

/** How many types are named before the rest is only counted. */
const MOST = 4;

/**
 * Whether the payloads can be sent: only where each id in them is ClinikAPI's, or that of a record of the run, which the waves tell
 * to wait for. Else how many are ids of the source, and what helps.
 */
export function readiness(summary: Pick<Plan, 'references' | 'waves'>, width: number, colours: Paint): string[] {
  if (summary.waves.length === 0) return [];
  const { ofSource, rejected } = summary.references;
  const { bold, good, warn } = colours;
  if (ofSource.total === 0 && rejected.total === 0) return [bold(good('READY TO SEND'))];
  const said: string[] = [];
  const say = (text: string, fix: string): void => {
    said.push(...wrap(text, width - 2), ...pointed(fix, width - 2));
  };
  if (ofSource.total > 0) {
    const types = Object.entries(ofSource.byType);
    const rest = types.length - MOST;
    const named = types
      .slice(0, MOST)
      .map(([type, { references, records }]) => `${type} ${number(references)} to ${number(records)}`);
    const all = [...named, ...(rest > 0 ? [`… ${amount(rest, 'more type')}`] : [])].join(', ');
    const are = ofSource.total === 1 ? 'is an id' : 'are ids';
    say(
      `${amount(ofSource.total, 'reference')} to ${amount(ofSource.records, 'record')} ${are} of the source (${all}).`,
      'Write an id map, which has the id that ClinikAPI gave to each (docs/sets.md), and run again with --id-map FILE.',
    );
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
