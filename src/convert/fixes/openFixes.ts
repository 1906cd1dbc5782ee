import type { InputFile } from '../../read/findInputs.js';
import type { ReadRun } from '../../read/inputBatches.js';
import { UsageError } from '../../read/usageError.js';
import { amount } from '../../report/amount.js';
import { findByName } from './findByName.js';
import { type FixFault, faultOf, type PlacedFix } from './fix.js';
import type { GivenFixes } from './givenFixes.js';
import { type InPlace, inPlace } from './inPlace.js';
import { takenNames } from './takenNames.js';

/** How many faulty fixes are listed before the rest is only counted. */
const MOST = 20;

/** The fixes of a run. */
export interface OpenFixes extends Omit<InPlace, 'faults'> {
  /**
   * To be called once all files were read.
   * @throws UsageError where a fix is in the place of no record.
   */
  check(): void;
}

/**
 * Finds the record that each fix is in the place of: by where the run that kept it says that it came from, else by its server, type
 * and id.
 * @throws UsageError where one is in the place of no record, of several, or of one that another fix is in the place of,
 * and where one is another record than that; the signal's reason.
 */
export async function openFixes(
  { placed, unplaced, faults }: GivenFixes,
  files: readonly InputFile[],
  run: Pick<ReadRun, 'recordLimit' | 'signal'> & { readonly baseUrl?: string | undefined },
): Promise<OpenFixes> {
  const found = unplaced.length === 0 ? [] : await findByName(unplaced, files, run);
  const all = [...placed, ...found.filter((one) => 'of' in one)];
  refuse([...faults, ...found.filter((one) => 'why' in one), ...twice(all)]);
  refuse(await takenNames(all.filter(isReadable), files, run));
  const places = inPlace(all.filter(isReadable));
  return { ...places, check: () => refuse(places.faults()) };
}

/** One that is too large to be held is refused whatever it says, as the record is that it is in the place of. */
const isReadable = ({ value }: PlacedFix): boolean =>
  'text' in value || !Buffer.isBuffer(value.bytes) || value.bytes.length > 0;

function twice(all: readonly PlacedFix[]): FixFault[] {
  const seen = new Set<string>();
  return all.flatMap((fix) => {
    const { file, line, entry } = fix.of;
    const place = JSON.stringify([fix.isEarlier, file, line, entry]);
    if (seen.has(place)) return [faultOf(fix, 'twice')];
    seen.add(place);
    return [];
  });
}

function refuse(faults: readonly FixFault[]): void {
  if (faults.length === 0) return;
  const rest = faults.length - MOST;
  throw new UsageError([
    ...faults.slice(0, MOST).map(({ why }) => why),
    ...(rest > 0 ? [`and ${amount(rest, 'other fix', 'other fixes')}`] : []),
    'Nothing was written: take these out of the folder, or correct them; the input has to be the one that they are of.',
  ]);
}
