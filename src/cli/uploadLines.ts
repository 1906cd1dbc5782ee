import type { UploadSummary } from '../convert/layout/layoutSummary.js';
import { BULK } from '../convert/layout/uploadForm.js';
import { amount, number } from '../report/amount.js';

/** How many waves are told one by one. */
const MOST_SIZES = 6;

/** How many waves there are, and how large; undefined where nothing has to wait. */
export function waveSizes(summary: UploadSummary): string | undefined {
  const count = waveCount(summary);
  if (count < 2) return undefined;
  const sizes = summary.waves.slice(0, MOST_SIZES).map(({ records }) => number(records.total));
  if (count > sizes.length) sizes.push('…');
  return `Upload in ${number(count)} waves (${sizes.join(', ')} records): a record has to wait for the ids of what it points at.`;
}

/** How many waves there are. */
export function waveCount({ waves, moreWaves = 0 }: UploadSummary): number {
  return waves.length + moreWaves;
}

/** The records that wait for each other; undefined where there are none. */
export function circles({ cycles: { groups, records, cut } }: UploadSummary): string | undefined {
  if (groups === 0) return undefined;
  const links = Object.entries(cut).map(([element, count]) => `${element} (${number(count)})`);
  return `${amount(records, 'record')} in ${amount(groups, 'circle')} point at each other; what points at a record that is not sent before: ${links.join(', ')}.`;
}

/** How long a bulk import takes; undefined where there is none. */
export function bulkImport({ bulkImport: bulk }: UploadSummary): string | undefined {
  if (bulk === undefined) return undefined;
  const { operations, hours } = bulk;
  return `Bulk import in ${amount(operations, 'operation')}, which take${operations === 1 ? 's' : ''} ${number(hours)} ${hours === 1 ? 'hour' : 'hours'} at ${BULK.perHour} an hour.`;
}

/** Counts by name, the largest first: `3 Encounter, 1 Task`. */
export function listed(counts: { readonly [name: string]: number }): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ');
}
