import type { Conversion } from './conversion.js';
import { lossSets } from './losses/lossSets.js';
import { residueOf } from './residueText.js';

/** A record that was converted. */
export type Converted = Extract<Conversion, { readonly kind: 'converted' }>;

/** What became of a record, but for the output itself. */
export type Outcome = Exclude<Conversion, Converted> | Omit<Converted, 'output' | 'residue'>;

/** What became of a record, with what is written of it. */
export type Filed = Exclude<Conversion, Converted> | FiledOutput;

/** A record that was converted, as it is written. */
export interface FiledOutput extends Omit<Converted, 'output' | 'residue'> {
  /** The output in one line, with its line feed. */
  readonly line: () => Buffer | string;
  /** The residue as JSON, where one was asked for. */
  readonly residue?: () => string;
}

/**
 * Gives conversions with what is written of them, which is made when it is asked for. Those that lose the same have one list of losses.
 */
export function filing(): (conversion: Conversion) => Filed {
  const listOf = lossSets();
  return (conversion) => {
    if (conversion.kind !== 'converted') return conversion;
    const { output, residue, bytes, losses, ...outcome } = conversion;
    const made = { ...outcome, bytes, losses: listOf(losses), line: () => `${JSON.stringify(output)}\n` };
    return residue === undefined ? made : { ...made, residue: () => residueOf(residue, bytes) };
  };
}
