import type { Fate } from '../bundle/versions.js';
import type { Issue } from '../lens/issue.js';
import type { Bytes } from '../read/jsonValues.js';
import { refusals } from '../read/recordRefusals.js';
import type { RawRecord } from '../read/recordsOfValue.js';
import { findLens } from '../resources/registry.js';
import type { Conversion, Rejection } from './conversion.js';
import { isRawType } from './raw/rawTypes.js';

/** A record that is refused, and kept as it came in a file of that name. */
export function rejected(
  record: RawRecord,
  issues: readonly Issue[],
  keptIn: string,
  more: Partial<Pick<Rejection, 'retracted' | 'kept' | 'waits' | 'wanting'>> = {},
): Conversion {
  const { source, bytes, isDocument = false } = record;
  return { kind: 'rejected', source, bytes, kept: keptOf(record), issues, keptIn, isDocument, ...more };
}

function keptOf(record: RawRecord): () => Bytes {
  if ('unreadable' in record) return record.kept ?? record.bytes;
  if (!('value' in record) || record.forbidden === undefined) return record.bytes;
  const { within, bytes } = record;
  return within === undefined ? bytes : () => within.bundle([]);
}

/** A defect of ours refuses one record, not the run; what was thrown is not shown, for it may hold values. */
export function guarded(record: RawRecord, keptIn: string, convert: () => Conversion): Conversion {
  try {
    return convert();
  } catch {
    return rejected(record, [refusals.defect], keptIn);
  }
}

const LEFT_OUT = { older: 'older-version', copy: 'copy' } as const;

/** A version of a record that another one counts for. */
export function leftOut({ source, bytes }: RawRecord, fate: keyof typeof LEFT_OUT): Conversion {
  return { kind: 'skipped', source, bytes, reason: LEFT_OUT[fate] };
}

/** In a Bundle, with the entry, which tells the server of a record and when it was made. */
export function keptWhole(record: RawRecord): () => Bytes {
  const { bytes } = record;
  const within = 'value' in record ? record.within : undefined;
  const kept = 'empty' in record ? record.kept : within && (() => within.bundle([]));
  return kept ?? bytes;
}

/** An entry of a Bundle that has no resource; it may say that one was deleted. */
export function withoutResource(
  record: Extract<RawRecord, { empty: true }>,
  fate: Fate,
  rawTypes: readonly string[] | undefined,
): Conversion {
  const { source, bytes, version } = record;
  if (fate === 'older' || fate === 'copy') return leftOut(record, fate);
  const { resourceType: type } = source;
  // Of a type that is not sent nothing else is rejected that could be kept beside it.
  const isSent = type !== undefined && (findLens(type) !== undefined || isRawType(type, rawTypes));
  if (fate === 'unclear' && isSent)
    return rejected(record, [refusals.unclearVersion], 'Bundle', { kept: keptWhole(record) });
  const isDeletion = version?.isDeleted === true && fate === 'newest' ? { isDeletion: true as const } : {};
  return { kind: 'skipped', source, bytes, reason: 'no-resource', ...isDeletion };
}
