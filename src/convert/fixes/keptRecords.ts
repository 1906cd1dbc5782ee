import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { readLines } from '../../read/lines.js';
import { parseJson } from '../../read/parseJson.js';
import { FIXES, REJECTS } from '../../read/runFiles.js';
import { type Source, sourceOf } from '../../read/source.js';
import type { KeptRecord } from './alignKept.js';

/** The records that a run kept for somebody to correct them, by the file in its folder, in the order of their lines. */
export type KeptFiles = ReadonlyMap<string, readonly KeptRecord[]>;

/**
 * What a run says of the records that it kept: those that it refused, and those that were corrected. Of records that one line of a report
 * stands for only the first is known.
 * @throws the operating system's error.
 */
export async function keptRecords(folder: string, written: readonly string[]): Promise<KeptFiles> {
  const files = new Map<string, Map<number, KeptRecord>>();
  const linesIn = (file: string): Map<number, KeptRecord> => {
    const lines = files.get(file) ?? new Map<number, KeptRecord>();
    files.set(file, lines);
    return lines;
  };
  const each = async (name: string, take: (line: JsonObject, source: Source) => void): Promise<void> => {
    if (!written.includes(name)) return;
    for await (const lines of readLines(createReadStream(join(folder, name))))
      for (const { bytes } of lines) {
        const parsed = bytes === undefined ? undefined : parseJson(bytes);
        if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) continue;
        const source = readSource(own(parsed.value, 'source'));
        if (source !== undefined) take(parsed.value, source);
      }
  };
  await each(REJECTS, (value, of) => {
    const at = readAt(own(value, 'rejected'));
    if (at === undefined) return;
    const { file, line } = at;
    linesIn(file).set(line, { line, text: of, of, isUnclear: isUnclear(own(value, 'outcome')) });
  });
  // A text that is refused again is in both: there its own name, and here that of the record that it took the place of.
  await each(FIXES, (value, of) => {
    const at = readAt(own(value, 'fixed'));
    if (at === undefined) return;
    const { file, line } = at;
    const refused = linesIn(file).get(line);
    linesIn(file).set(line, { line, text: refused?.text ?? of, of, isUnclear: refused?.isUnclear ?? false });
  });
  return new Map(
    [...files].map(([file, lines]) => [file, [...lines.values()].sort((one, other) => one.line - other.line)]),
  );
}

function readAt(value: unknown): { readonly file: string; readonly line: number } | undefined {
  const [file, line] = isObject(value) ? [own(value, 'file'), own(value, 'line')] : [];
  return typeof file === 'string' && typeof line === 'number' ? { file, line } : undefined;
}

function readSource(value: unknown): Source | undefined {
  if (!isObject(value)) return undefined;
  const [file, line, entry, type] = [
    own(value, 'file'),
    own(value, 'line'),
    own(value, 'entry'),
    own(value, 'resourceType'),
  ];
  if (typeof file !== 'string' || typeof line !== 'number') return undefined;
  return sourceOf(
    { file, line, ...(typeof entry === 'string' ? { entry } : {}) },
    typeof type === 'string' ? type : undefined,
    own(value, 'id'),
  );
}

function isUnclear(outcome: unknown): boolean {
  return JSON.stringify(outcome ?? null).includes('"version-unclear"');
}
