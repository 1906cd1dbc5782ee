import { operationOutcome } from '../bundle/outcome.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { type Conversion, convertRecord } from './convertRecord.js';
import { LOSSES, REJECTS, recordFile } from './files.js';
import { findInputs, type InputFile } from './inputs.js';
import { type Outputs, openOutputs } from './outputs.js';
import { readRecords } from './read.js';
import { type Summary, tally } from './summary.js';

/** What a run reads, where it writes, and how it converts. */
export interface ConvertRun extends ConvertOptions {
  /** Files, and folders of them. */
  readonly inputs: readonly string[];
  readonly out: string;
  /** Replace what an earlier run wrote. */
  readonly force?: boolean;
  /** Ends the run before its time; the output folder stays as it was. */
  readonly signal?: AbortSignal;
}

/** What becomes of each record of a file, in its order. */
export async function* convertFile(file: InputFile, options: ConvertOptions): AsyncGenerator<Conversion> {
  for await (const record of readRecords(file)) yield convertRecord(record, options);
}

/**
 * Converts files of FHIR resources into files of payloads, and the other way round, with a report of every record that was
 * refused and of everything that was lost. Flat in memory for NDJSON. Either all files are in place at the end, or none is.
 * @returns what was done, which is also in `summary.json`.
 * @throws UsageError before anything is written; the operating system's error, or the signal's reason, in between.
 */
export async function convert({ inputs, out, force, signal, ...options }: ConvertRun): Promise<Summary> {
  const { files, skipped } = await findInputs(inputs, out);
  const outputs = await openOutputs(out, { force: force ?? false });
  try {
    const counts = tally();
    const read: { file: string; records: number }[] = [];
    for (const file of files) {
      let records = 0;
      for await (const conversion of convertFile(file, options)) {
        signal?.throwIfAborted();
        records += 1;
        counts.add(conversion);
        await write(conversion, outputs);
      }
      read.push({ file: file.path, records });
    }
    const summary = counts.summary({ read, skipped, written: outputs.written() });
    await outputs.commit(summary);
    return summary;
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

async function write(conversion: Conversion, outputs: Outputs): Promise<void> {
  const { source } = conversion;
  if (conversion.kind === 'rejected')
    await outputs.line(REJECTS, { source, outcome: operationOutcome(conversion.issues) });
  if (conversion.kind !== 'converted') return;
  await outputs.line(recordFile(conversion.name), conversion.output);
  if (conversion.losses.length > 0) await outputs.line(LOSSES, { source, losses: conversion.losses });
}
