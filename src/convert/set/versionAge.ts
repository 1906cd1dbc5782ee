import { type Age, ageOf } from '../../bundle/versions.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { digest } from '../waves/nameTable.js';
import type { NamedVersion } from './recordNames.js';

/** An age with a number for the content: the odds that two versions of a record share one are 1 in 2^53. */
export interface NumberedAge extends Age {
  readonly content: number;
}

/** The age of a record's version. What is refused for how it stands in its file is no copy of what is not. `asOf` is the time of its export. */
export function numberedAge(record: RawRecord, { version }: NamedVersion, asOf?: number): NumberedAge {
  const { precedence } = record;
  const age = {
    ...ageOf(version, digest),
    ...(asOf === undefined ? {} : { asOf }),
    ...(precedence === undefined ? {} : { precedence }),
  };
  const isDoubtful = 'value' in record && (record.forbidden !== undefined || record.hasDuplicateKeys());
  if (isDoubtful || 'unreadable' in record) return { ...age, content: Number.NaN };
  return { ...age, content: typeof age.content === 'number' ? age.content : digest(age.content) };
}
