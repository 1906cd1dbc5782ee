import { own } from '../../lens/json.js';
import { readRecords } from '../recordBatches.js';

/** The most bytes of one JSON value that is looked at. */
const MOST = 16 * 1024 * 1024;

/** True for a file that begins with a FHIR resource, alone, in a line or in a list; what is told by its name alone could be one. */
export async function holdsRecord(path: string): Promise<boolean> {
  try {
    const run = { recordLimit: MOST, wholeBundles: true, isChecked: () => true };
    for await (const { records } of readRecords({ path, size: 0 }, run))
      for (const record of records) return 'value' in record && typeof own(record.value, 'resourceType') === 'string';
  } catch {
    // What cannot be read is told by its name.
  }
  return false;
}
