import { grown } from '../../bundle/growing.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import type { FileFailure } from '../../read/inputBatches.js';
import { isPath } from '../../read/payloadPath.js';
import type { Source } from '../../read/source.js';
import { lenses, type Path } from '../../resources/registry.js';
import type { Conversion } from '../conversion.js';
import type { Outcome } from '../filed.js';
import { type Order, recordSet } from '../waves/recordSet.js';
import { rawRoute } from '../waves/routes.js';
import { numbers } from './numberList.js';

/** The paths, in the order in which a wave is sent. */
export const PATHS: readonly Path[] = Object.keys(lenses).filter(isPath);

/** What a run sends, by its numbers in the order of the input, and the order of its upload. */
export interface Payloads {
  /** Of payloads, and of records that go as they are. A record of which both are written is one. */
  readonly count: number;
  readonly order: Order;
  /** The path of a record's payload; undefined where it has none. */
  pathOf(record: number): Path | undefined;
  /** The type of a record that is written as it came, but for its references; undefined where it is not. */
  rawTypeOf(record: number): string | undefined;
  /** True where the record is rejected, and goes as it came. */
  isRejected(record: number): boolean;
  /** True where the record is at ClinikAPI already. */
  isKnown(record: number): boolean;
  /** Bytes in a bulk import body; 0 where the run makes none. */
  sizeOf(record: number): number;
  /** The types that records are written as they came of. */
  readonly rawTypes: readonly string[];
}

/** Takes conversions one by one. Keeps a few bytes of each, and its name. */
export interface PayloadCollection {
  add(conversion: Outcome | FileFailure): void;
  /** To be called once, at the end. */
  payloads(): Payloads;
}

/** What is known of a record in one number: two marks, the index of its path and that of its raw type, each plus 1, or 0. */
const KNOWN = 1;
const REJECTED = 2;
const PATH = { shift: 2, mask: 0xff } as const;
const RAW = { shift: 10, mask: 0x3ff } as const;

const TYPES: readonly string[] = [...RESOURCE_TYPES];
const typeIndexes = new Map(TYPES.map((type, index) => [type, index]));

/** A collection of nothing yet. */
export function collectPayloads(): PayloadCollection {
  const records = recordSet();
  const facts = numbers();
  let sizes = new Uint32Array();
  const rawTypes = new Set<string>();
  return {
    add(conversion) {
      if (conversion.kind === 'unreadable') return;
      const raw = conversion.kind === 'skipped' ? undefined : conversion.raw;
      const payload = conversion.kind === 'converted' ? conversion.upload : undefined;
      const path =
        payload !== undefined && conversion.kind === 'converted' && isPath(conversion.name)
          ? conversion.name
          : undefined;
      const wanting = conversion.kind === 'rejected' || conversion.kind === 'skipped' ? conversion.wanting : undefined;
      // What goes as it is points at more than its payload.
      const upload = raw?.upload ?? (path === undefined ? undefined : payload);
      if (upload === undefined) {
        if (conversion.kind !== 'converted' && conversion.kind !== 'raw')
          records.other(nameOf(conversion.source), fateOf(conversion));
        if (wanting !== undefined) records.wait(wanting);
        return;
      }
      if (raw !== undefined) rawTypes.add(raw.type);
      records.add(upload.names, path ?? rawRoute(raw?.type ?? ''), upload.links);
      if (raw !== undefined) records.ask(payload?.links ?? wanting?.links ?? []);
      const size = payload?.size ?? 0;
      // There are sizes only where bodies have a limit.
      if (size > 0) {
        sizes = grown(sizes, facts.length + 1, Uint32Array);
        sizes[facts.length] = size;
      }
      facts.push(
        (upload.isKnown ? KNOWN : 0) |
          (conversion.kind === 'rejected' ? REJECTED : 0) |
          ((path === undefined ? 0 : PATHS.indexOf(path) + 1) << PATH.shift) |
          ((raw === undefined ? 0 : (typeIndexes.get(raw.type) ?? -1) + 1) << RAW.shift),
      );
    },
    payloads: () => ({
      count: facts.length,
      order: records.order(),
      pathOf: (record) => PATHS[((facts.at(record) >> PATH.shift) & PATH.mask) - 1],
      rawTypeOf: (record) => TYPES[((facts.at(record) >> RAW.shift) & RAW.mask) - 1],
      isRejected: (record) => (facts.at(record) & REJECTED) !== 0,
      isKnown: (record) => (facts.at(record) & KNOWN) !== 0,
      sizeOf: (record) => sizes[record] ?? 0,
      rawTypes: [...rawTypes].sort(),
    }),
  };
}

/** What was deleted is no more there to be referred to than what was rejected. */
export function fateOf(conversion: Extract<Conversion, { kind: 'skipped' | 'rejected' }>): 'skipped' | 'rejected' {
  return conversion.kind === 'skipped' && conversion.isDeletion === true ? 'rejected' : conversion.kind;
}

/** The name that others refer to a record by, where it has one. */
export function nameOf({ resourceType, id }: Source): string | undefined {
  return resourceType === undefined || id === undefined ? undefined : `${resourceType}/${id}`;
}
