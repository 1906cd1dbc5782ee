import type { FileFailure } from '../read/inputBatches.js';
import type { Conversion } from './conversion.js';
import { convertInputs } from './conversionStream.js';
import { heldBack } from './heldBack.js';
import { type Layout, layOut } from './layout/layOut.js';
import { collectPayloads, type Payloads } from './layout/payloads.js';
import type { UploadForm } from './layout/uploadForm.js';
import type { OpenSet } from './set/openSet.js';
import { type Summary, type Tally, tally } from './summary.js';

/** What the records of a run became, in numbers. */
export interface Counted {
  readonly counts: Tally;
  readonly read: Summary['files']['read'];
  readonly payloads: Payloads;
  readonly layout: Layout;
}

/** Converts the records of inputs, counts them, and hands each conversion on before the next one is made. */
export async function countConversions(
  { found, options, versions, index, fixes }: OpenSet,
  form: UploadForm,
  each?: (conversion: Conversion | FileFailure) => Promise<void>,
): Promise<Counted> {
  const counts = tally(options.rawTypes !== undefined);
  const collection = collectPayloads();
  const records = new Map(found.files.map(({ path }) => [path, 0]));
  const limited = form.kind === 'bodies' ? { ...options, maxBody: form.maxBody } : options;
  const known = { versions, index, fixes };
  const held = await heldBack(found, limited, known);
  for await (const made of convertInputs(found, limited, known)) {
    const conversion = held(made);
    counts.add(conversion);
    collection.add(conversion);
    if (each !== undefined) await each(conversion);
    const { file } = conversion.source;
    if (conversion.kind !== 'unreadable') records.set(file, (records.get(file) ?? 0) + 1);
  }
  const payloads = collection.payloads();
  const read = [...records].map(([file, count]) => ({ file, records: count }));
  return { counts, read, payloads, layout: layOut(payloads, form) };
}
