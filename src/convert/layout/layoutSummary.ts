import { isPath } from '../../read/payloadPath.js';
import type { Path } from '../../resources/registry.js';
import type { Order } from '../waves/recordSet.js';
import type { Layout } from './layOut.js';
import { PATHS, type Payloads } from './payloads.js';
import { BULK } from './uploadForm.js';

/** The waves that are listed; there are as many as the longest chain of records has links. */
const MOST_WAVES = 1000;

/** How many records a wave has. */
export interface WaveCount {
  /** From 0, in sending order. */
  readonly wave: number;
  readonly records: {
    readonly total: number;
    /** By ClinikAPI's path; of records that go as they are, by `fhir/<Type>`. */
    readonly byPath: { readonly [path: string]: number };
  };
}

/** The bulk operations that an upload takes. */
export interface BulkImportCount {
  readonly operations: number;
  /** What they take at 5 an hour: a fifth of `operations`. */
  readonly hours: number;
  /** The most bytes of a body. */
  readonly maxBody: number;
  /** Bodies by path. */
  readonly bodies: { readonly [P in Path]?: number };
}

/** The upload of the payloads of a run. */
export interface UploadSummary {
  /** The first 1,000 waves. A payload of wave 0 points at none of the run, any other at one of the wave before at least. */
  readonly waves: readonly WaveCount[];
  /** How many waves there are besides. */
  readonly moreWaves?: number;
  /** Groups of payloads that point at each other in circles, and how many links of which elements were cut to order them. */
  readonly cycles: Order['cycles'];
  /** References of payloads: `inSet` to records of the input, `rejected` those of them to rejected ones, `outside` the others. */
  readonly references: Order['references'];
  readonly bulkImport?: BulkImportCount;
}

/** Counts the waves of a layout, and its bodies. */
export function uploadSummary({ order }: Payloads, { packing }: Layout): UploadSummary {
  const { counts, cycles, references } = order;
  const more = counts.length - MOST_WAVES;
  return {
    waves: counts.slice(0, MOST_WAVES).map((byPath, wave) => ({ wave, records: recordsOf(byPath) })),
    ...(more > 0 ? { moreWaves: more } : {}),
    cycles,
    references,
    ...(packing === undefined
      ? {}
      : {
          bulkImport: {
            operations: packing.bodies,
            hours: packing.bodies / BULK.perHour,
            maxBody: packing.maxBody,
            bodies: packing.byPath,
          },
        }),
  };
}

function recordsOf(counts: WaveCount['records']['byPath']): WaveCount['records'] {
  const others = Object.keys(counts).filter((path) => !isPath(path));
  const entries = [...others.sort(), ...PATHS].flatMap((path): [string, number][] => {
    const count = counts[path] ?? 0;
    return count === 0 ? [] : [[path, count]];
  });
  return { total: entries.reduce((sum, [, count]) => sum + count, 0), byPath: Object.fromEntries(entries) };
}
