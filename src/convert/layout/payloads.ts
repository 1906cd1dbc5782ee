import type { FileFailure } from '../../read/inputBatches.js';
import { isPath } from '../../read/payloadPath.js';
import type { Source } from '../../read/source.js';
import { lenses, type Path } from '../../resources/registry.js';
import type { Conversion } from '../conversion.js';
import { type Order, recordSet } from '../waves/recordSet.js';
import { numbers } from './numberList.js';

/** The paths, in the order in which a wave is sent. */
export const PATHS: readonly Path[] = Object.keys(lenses).filter(isPath);

/** The payloads of a run, by their numbers in the order of the input, and the order of their upload. */
export interface Payloads {
  readonly count: number;
  readonly order: Order;
  pathOf(payload: number): Path;
  /** True where the record is at ClinikAPI already. */
  isKnown(payload: number): boolean;
  /** Bytes in a bulk import body; 0 where the run makes none. */
  sizeOf(payload: number): number;
}

/** Takes conversions one by one. Keeps a few bytes of each, and its name. */
export interface PayloadCollection {
  add(conversion: Conversion | FileFailure): void;
  /** To be called once, at the end. */
  payloads(): Payloads;
}

/** A collection of nothing yet. */
export function collectPayloads(): PayloadCollection {
  const records = recordSet();
  /** Indexes of paths, doubled, and 1 more for what is known. */
  const paths = numbers();
  const sizes = numbers();
  return {
    add(conversion) {
      if (conversion.kind === 'unreadable') return;
      if (conversion.kind !== 'converted') {
        records.other(nameOf(conversion.source), fateOf(conversion));
        if (conversion.kind === 'rejected' && conversion.wanting !== undefined) records.wait(conversion.wanting);
      } else if (conversion.upload !== undefined && isPath(conversion.name)) {
        const { names, isKnown, links, size } = conversion.upload;
        records.add(names, conversion.name, links);
        paths.push(2 * PATHS.indexOf(conversion.name) + (isKnown ? 1 : 0));
        sizes.push(size);
      }
    },
    payloads: () => ({
      count: paths.length,
      order: records.order(),
      pathOf: (payload) => pathAt(paths.at(payload) >> 1),
      isKnown: (payload) => paths.at(payload) % 2 === 1,
      sizeOf: (payload) => sizes.at(payload),
    }),
  };
}

/** What was deleted is no more there to be referred to than what was rejected. */
export function fateOf(conversion: Exclude<Conversion, { kind: 'converted' }>): 'skipped' | 'rejected' {
  return conversion.kind === 'skipped' && conversion.isDeletion === true ? 'rejected' : conversion.kind;
}

/** The name that others refer to a record by, where it has one. */
export function nameOf({ resourceType, id }: Source): string | undefined {
  return resourceType === undefined || id === undefined ? undefined : `${resourceType}/${id}`;
}

function pathAt(index: number): Path {
  const path = PATHS[index];
  if (path === undefined) throw new RangeError('There is no such path.');
  return path;
}
