import type { Value } from '../../read/jsonValues.js';
import type { Source } from '../../read/source.js';

/** A text that somebody gives in the place of a record. */
export interface GivenFix {
  /** Where it stands. */
  readonly file: string;
  readonly line: number;
  readonly keptIn: string;
  readonly value: Value;
  /** True for one that an earlier run took already: what it refused of that comes after it. */
  readonly isEarlier: boolean;
}

/** One of which it is known which record of the input it is in the place of. */
export interface PlacedFix extends GivenFix {
  readonly of: Source;
  /** True where that is one of several versions of which nobody could tell the newest. */
  readonly isUnclear: boolean;
}

/** Why a run does not begin, or end. */
export interface FixFault {
  readonly why: string;
}

const WHY = {
  none: 'no record of the input is the one that it is to be in the place of',
  several: 'which record of the input it is to be in the place of cannot be told',
  twice: 'another fix is in the place of the same record',
  type: 'it is of another type than the record that it is to be in the place of',
  other: 'another record has its type and id, and it is to be in the place of one with others',
  empty: 'it holds no record',
  more: 'it holds several records, and is in the place of one',
} as const;

/** What is wrong with a fix, and where it stands; without a value of it. */
export function faultOf({ file, line }: GivenFix, what: keyof typeof WHY): FixFault {
  return { why: `${file}:${line}: ${WHY[what]}.` };
}
