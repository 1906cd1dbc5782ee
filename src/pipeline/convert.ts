import { convertInputs, type StreamOptions } from './convertRecords.js';
import { readIdMap } from './idMapFile.js';
import { findInputs } from './inputs.js';
import { openOutputs } from './outputs.js';
import { reports } from './reports.js';
import { setIndex } from './set/setIndex.js';
import { withMap } from './set/withSet.js';
import { checkAllowed } from './strict.js';
import { type Summary, tally } from './summary.js';

/** What a run reads, where it writes, and how it converts. */
export interface ConvertRun extends StreamOptions {
  /** Files, folders of them, and globs. */
  readonly inputs: readonly string[];
  /** The folder to write to, which is made where there is none. */
  readonly out: string;
  /** Replace what an earlier run wrote. */
  readonly force?: boolean;
  /** Write the reports only. */
  readonly dryRun?: boolean;
  /** A file of an id map, CSV or NDJSON; its rows go before `resolveId` and `resolveReference`. */
  readonly idMap?: string;
  /** Also write resources that were refused or lost content as they came, for ClinikAPI's raw FHIR route. */
  readonly raw?: boolean;
}

/**
 * Converts files of FHIR resources into files of payloads, and the other way round, with a report of every record and of
 * everything that was lost. Flat in memory for NDJSON. Either all files are in place at the end, or none is.
 * @returns what was done, which is also in `summary.json`.
 * @throws UsageError before anything is written; the operating system's error, or the signal's reason, in between.
 */
export async function convert({ inputs, out, force, dryRun, raw, idMap, ...given }: ConvertRun): Promise<Summary> {
  checkAllowed(given.allowLoss ?? []);
  const map = idMap === undefined ? undefined : await readIdMap(idMap);
  const options = map === undefined ? given : withMap(given, map);
  const found = await findInputs(inputs, out, idMap === undefined ? [] : [idMap]);
  const set = setIndex(found, options);
  const outputs = await openOutputs(out, { force: force ?? false });
  try {
    const counts = tally();
    const write = reports(outputs, { dryRun: dryRun ?? false, raw: raw ?? false });
    const records = new Map(found.files.map(({ path }) => [path, 0]));
    for await (const conversion of convertInputs(found, options, set)) {
      counts.add(conversion);
      await write.add(conversion);
      const { file } = conversion.source;
      if (conversion.kind !== 'unreadable') records.set(file, (records.get(file) ?? 0) + 1);
    }
    const read = [...records].map(([file, count]) => ({ file, records: count }));
    const files = { read, skipped: found.skipped, written: outputs.written() };
    const index = set.size();
    const summary = counts.summary({
      dryRun: dryRun ?? false,
      files,
      ...(map === undefined ? {} : { idMap: { rows: map.size } }),
      ...(index.passes === 0 ? {} : { index }),
    });
    await outputs.commit(summary);
    return summary;
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}
