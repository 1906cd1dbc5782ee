import type { Summary } from '../../convert/summary.js';
import { number } from '../../report/amount.js';
import { wrap } from '../wrap.js';

/** Why records were skipped that have a mapping, or could have one: of one, and of several. */
export function skippedBesides(
  { records, deletions = 0 }: Pick<Summary, 'records' | 'deletions'>,
  width: number,
): string[] {
  const { byReason } = records.skipped;
  const reasons: readonly (readonly [count: number, one: string, several?: string])[] = [
    [byReason['same-form'] ?? 0, 'in the form already that --to asks for'],
    [
      (byReason['no-resource'] ?? 0) - deletions,
      'entry of a Bundle without a resource',
      'entries of Bundles without a resource',
    ],
    [
      deletions,
      'entry of a Bundle that says that a record was deleted',
      'entries of Bundles that say that a record was deleted',
    ],
    [byReason['older-version'] ?? 0, 'older version of another', 'older versions of others'],
    [byReason.copy ?? 0, 'copy of another', 'copies of others'],
  ];
  const said = reasons
    .filter(([count]) => count > 0)
    .map(([count, one, several = one]) => `${number(count)} ${count === 1 ? one : several}`);
  return said.length === 0 ? [] : wrap(`Skipped besides: ${said.join(', ')}.`, width);
}
