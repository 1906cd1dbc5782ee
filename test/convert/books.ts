import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { constants, gunzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import { type ConvertRun, convert } from '../../src/convert/convertToFiles.js';
import type { Summary } from '../../src/convert/summary.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { REPORT_FILES } from '../../src/read/runFiles.js';
import { ensure } from '../support/ensure.js';
import { modeOf, objects } from '../support/folder.js';
import { assertBodies, bodyLines } from './bodies.js';

/** A place in an output, as the reports name it. */
export interface At {
  readonly file: string;
  readonly line: number;
}

export interface Booked {
  readonly source: { readonly file: string; readonly line: number; readonly entry?: string };
  readonly output?: At;
  readonly rejected?: At;
  readonly raw?: At;
  readonly skipped?: string;
  readonly wave?: number;
  readonly cut?: readonly string[];
}

/** The lines of sources and rejects that are about records. */
export function booked(out: string): Booked[] {
  const all: JsonObject[] = [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')];
  return all.filter(isBooked);
}

function isBooked(line: JsonObject): line is JsonObject & Booked {
  const isSomewhere = [line.rejected, line.output, line.raw].some(isObject);
  return isObject(line.source) && (isSomewhere || line.skipped !== undefined);
}

/**
 * Holds a run to the law of bookkeeping: every record that went in is converted, sent as it is, rejected or skipped, and can be found
 * again; every rejected one is there as it came; converting the rejected ones rejects the same.
 */
export async function assertBooked(run: ConvertRun): Promise<Summary> {
  const summary = await convert(run);
  const { records } = summary;
  expect(records.in.total).toBe(
    records.converted.total + (records.raw?.total ?? 0) + records.rejected.total + records.skipped.total,
  );
  const lines = booked(run.out);
  expect(['a line for each record', lines.length]).toStrictEqual(['a line for each record', records.in.total]);
  expect(lines.filter(({ rejected }) => rejected !== undefined)).toHaveLength(records.rejected.total);
  expect(lines.filter(({ output }) => output !== undefined)).toHaveLength(records.converted.total);
  const asTheyAre = lines.filter(
    ({ output, rejected, raw }) => output === undefined && rejected === undefined && raw !== undefined,
  );
  expect(asTheyAre).toHaveLength(records.raw?.total ?? 0);
  const places = lines.map(({ source: { file, line, entry } }) => `${file}:${line}:${entry ?? ''}`);
  expect(['each record once', new Set(places).size]).toStrictEqual(['each record once', places.length]);

  const files = new Map(summary.files.written.map(({ file }) => [file, read(run.out, file)]));
  for (const { source, output, rejected } of lines) {
    const at = output ?? rejected;
    if (at === undefined) continue;
    const bytes = lineOf(files.get(at.file), at);
    ensure(bytes !== undefined, `${at.file}:${at.line} is there`);
    if (rejected !== undefined) assertAsItCame(bytes, source);
    else ensure(isObject(JSON.parse(bytes.toString())), 'an output is a line of JSON');
  }
  assertPlaced(summary, lines, files);
  if (run.format === 'bulk-import') assertBodies(run.out, summary, run.maxBody ?? 104_857_600);
  assertNothingLost(summary, lines);
  for (const file of readdirSync(run.out, { recursive: true, encoding: 'utf8' })) {
    expect(file).not.toMatch(/\.tmp$/);
    if (!statSync(join(run.out, file)).isDirectory())
      expect([file, modeOf(join(run.out, file))]).toStrictEqual([file, 0o600]);
  }
  return summary;
}

const OUTPUTS = /^(?:wave-(\d+)\/|bulk-import\/\d+-wave-\d+-)?(?:[a-z]+|[A-Z][A-Za-z]+)\.(?:ndjson|json)$/;

const RAW = /^(?:wave-(\d+)\/)?fhir\/[A-Z][A-Za-z]+\.ndjson$/;

/** Each record that is sent stands where its line says, in its wave, and nothing else stands in the outputs. */
function assertPlaced({ waves }: Summary, lines: readonly Booked[], files: ReadonlyMap<string, Buffer[]>): void {
  const sent = lines.flatMap(({ output, raw }) => [output, raw].filter((at) => at !== undefined));
  const there = [...files]
    .filter(([file]) => (OUTPUTS.test(file) || RAW.test(file)) && !REPORT_FILES.includes(file))
    .flatMap(([file, all]) => all.map((_, index) => `${file}:${index + 1}`));
  expect(sent.map(({ file, line }) => `${file}:${line}`).sort()).toStrictEqual(there.sort());
  const counts = new Map<number, number>();
  for (const { output, raw, wave } of lines) {
    if (output === undefined && raw === undefined) continue;
    expect(['what is sent has a wave', wave === undefined]).toStrictEqual([
      'what is sent has a wave',
      /^[A-Z]/.test(output?.file ?? ''),
    ]);
    for (const { file } of [output, raw].filter((at) => at !== undefined)) {
      const [, folder] = OUTPUTS.exec(file) ?? RAW.exec(file) ?? [];
      if (folder !== undefined) expect(wave).toBe(Number(folder));
    }
    if (wave !== undefined) counts.set(wave, (counts.get(wave) ?? 0) + 1);
  }
  expect([...counts].sort(([a], [b]) => a - b).slice(0, 1000)).toStrictEqual(
    waves.map(({ wave, records }) => [wave, records.total]),
  );
}

/** Converts what was rejected again, with the same options: it must be rejected, all of it, and stay as it is. */
export async function assertRejectedAgain({ inputs: _, out, ...options }: ConvertRun): Promise<void> {
  const folder = join(out, 'rejected');
  if (!existsSync(folder)) return;
  const again = `${out}-again`;
  const { records } = await convert({ ...options, inputs: [folder], out: again });
  // A record may be kept with another one that decides about it, such as the Condition of a diagnosis.
  const { 'other-type': others, ...reasonsOfOthers } = records.skipped.byReason;
  expect([records.converted.total, records.skipped.total - (others ?? 0), reasonsOfOthers]).toStrictEqual([0, 0, {}]);
  ensure(isDeepStrictEqual(kept(again), kept(out)), 'the same is kept again');
  const reasons = reasonsOf(again, () => true);
  for (const [bytes, reason] of reasonsOf(out, ({ source }) => source.entry === undefined))
    expect(reasons.get(bytes)).toBe(reason);
}

/** The first reason of each record by its bytes. Those of Bundles may have another when what they refer to is not with them. */
function reasonsOf(out: string, has: (line: Booked) => boolean): Map<string, string> {
  const files = new Map<string, Buffer[]>();
  const reasons = new Map<string, string>();
  for (const line of objects(out, 'rejects.ndjson')) {
    const { outcome } = line;
    if (!isBooked(line) || line.rejected === undefined || !has(line)) continue;
    const { rejected } = line;
    const lines = files.get(rejected.file) ?? read(out, rejected.file);
    files.set(rejected.file, lines);
    const issues = isObject(outcome) && Array.isArray(outcome.issue) ? outcome.issue : [];
    reasons.set(`${lineOf(lines, rejected)?.toString('latin1')}`, String(issues[0]?.details.coding[0].code));
  }
  return reasons;
}

function kept(out: string): string[] {
  return readdirSync(join(out, 'rejected'))
    .flatMap((file) => {
      const text = readFileSync(join(out, 'rejected', file), 'latin1');
      return file.endsWith('.json') ? [text] : text.split('\n').filter((line) => line !== '');
    })
    .sort();
}

const cache = new Map<string, Buffer[]>();

/** The lines of an output: of a bulk import body those of its `data`. */
function read(out: string, file: string): Buffer[] {
  const bytes = readFileSync(join(out, file));
  if (file.startsWith('bulk-import/')) return bodyLines(bytes);
  return file.endsWith('.json') ? [bytes.subarray(0, -1)] : split(bytes);
}

function lineOf(lines: Buffer[] | undefined, { file, line }: At): Buffer | undefined {
  return file.startsWith('rejected/') && file.endsWith('.json') ? lines?.[0] : lines?.[line - 1];
}

function split(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return start < bytes.length ? [...lines, bytes.subarray(start)] : lines;
}

/** The lines of an input, unpacked, without a byte order mark. */
function inputLines(file: string): Buffer[] {
  const known = cache.get(file);
  if (known !== undefined) return known;
  const stored = readFileSync(file);
  const isGzip = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = isGzip ? gunzipSync(stored, { finishFlush: constants.Z_SYNC_FLUSH }) : stored;
  const lines = split(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  cache.set(file, lines);
  return lines;
}

/** What keeps a record that is only refused for what is around it. */
const IN_BUNDLE = /^\{"resourceType":"Bundle",(?:"implicitRules":"[^"]*",)?"entry":\[(.*)\]\}$/s;
const IN_LISTS = /^\[{33}(.*)\]{33}$/s;

function assertAsItCame(bytes: Buffer, { file, line, entry }: Booked['source']): void {
  const lines = inputLines(file);
  if (entry === undefined && lines[line - 1]?.equals(bytes) === true) return;
  // A part of a document, in one line, or a document.
  const document = Buffer.concat(lines.slice(line - 1).flatMap((one) => [one, Buffer.from('\n')])).toString('latin1');
  const text = bytes.toString('latin1');
  if (entry === undefined && document.replace(/\s+$/, '') === text.replace(/^\n|\s+$/g, '')) return;
  const inOneLine = document.replace(/[ \t]*[\r\n][ \t\r\n]*/g, '');
  const [, inBundle] = IN_BUNDLE.exec(text) ?? IN_LISTS.exec(text) ?? [];
  // The record comes first; behind it stands what decides about it, of this file or of another one.
  const isFirst = inBundle !== undefined && inOneLine.includes(firstEntry(inBundle).replace(ENTRY_AROUND, '$1'));
  ensure(
    inOneLine.includes(text) || (inBundle !== undefined && inOneLine.includes(inBundle)) || isFirst,
    `${file}:${line}`,
  );
}

/** A resource as it stands in an entry that was made for it. */
const ENTRY_AROUND = /^\{"resource":(.*)\}$/s;

/** The first of some objects with commas between them. */
function firstEntry(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    if (depth === 0) return text.slice(0, index + token.length);
  }
  return text;
}

/** Every line that is not blank is a record, or has some, or is a part of a document that is or has. */
function assertNothingLost({ files }: Summary, lines: readonly Booked[]): void {
  const seen = new Map<string, Set<number>>();
  const documents = new Set<string>();
  for (const { source, rejected } of lines) {
    const numbers = seen.get(source.file) ?? new Set();
    seen.set(source.file, numbers.add(source.line));
    if (rejected?.file.endsWith('.json') === true) documents.add(source.file);
  }
  for (const { file } of files.read) {
    if (files.unreadable.some((one) => one.file === file && one.id === 'gzip-damaged')) continue;
    const isDocument = documents.has(file) || isJson(Buffer.concat(inputLines(file).flatMap((l) => [l, NEW_LINE])));
    if (isDocument && file.includes('.json')) continue;
    for (const [index, line] of inputLines(file).entries())
      if (!/^[ \t\r]*$/.test(line.toString('latin1')) && !isEmptyList(line))
        ensure(seen.get(file)?.has(index + 1), `${file}:${index + 1} is booked`);
  }
}

const NEW_LINE = Buffer.from('\n');

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

function isEmptyList(line: Buffer): boolean {
  return /^\s*\[\s*\]\s*$/.test(line.toString('latin1'));
}
