import { createReadStream } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isObject, own } from '../../lens/json.js';
import { findInputs } from '../../read/findInputs.js';
import { readValues, type Value } from '../../read/jsonValues.js';
import { type Line, readLines } from '../../read/lines.js';
import { parseJson } from '../../read/parseJson.js';
import { type RawRecord, recordsOf } from '../../read/recordsOfValue.js';
import { FIXED, keptName, REJECTED, RUN } from '../../read/runFiles.js';
import { filesOfRun } from '../../read/runManifest.js';
import { withId } from '../../read/source.js';
import { isSystemError, reasonOf } from '../../read/systemError.js';
import { UsageError } from '../../read/usageError.js';
import { alignKept, type GivenText, type KeptRecord } from './alignKept.js';
import { type FixFault, faultOf, type GivenFix, type PlacedFix } from './fix.js';
import { keptRecords } from './keptRecords.js';

/** What a folder of fixes holds. */
export interface GivenFixes {
  readonly files: readonly string[];
  readonly placed: readonly PlacedFix[];
  /** Those of which no run says what they are in the place of. */
  readonly unplaced: readonly GivenFix[];
  readonly faults: readonly FixFault[];
  /** The folder of the run that kept them, where one did. */
  readonly run?: string;
}

/**
 * Reads the fixes of a folder, `rejected/` of a run or any other. Of a run, those that it took itself, in `fixed/`, too. All are held in
 * memory.
 * @throws UsageError where the folder cannot be read.
 */
export async function givenFixes(folder: string, signal: AbortSignal | undefined): Promise<GivenFixes> {
  const real = await realpath(folder).catch(() => folder);
  const run = dirname(real);
  const written = basename(real) === REJECTED ? await filesOfRun(run) : undefined;
  if (written === undefined) {
    const { files, given } = await readFolder(folder, false, signal);
    if (given.length === 0) throw new UsageError(`${folder}: there is no fix in it.`);
    return { files, placed: [], unplaced: given, faults: [] };
  }
  const beside = basename(folder) === REJECTED ? dirname(folder) : run;
  const kept = await keptRecords(run, written);
  const sizes = await linesOfRun(run);
  const files: string[] = [];
  const all: (PlacedFix | GivenFix | FixFault)[] = [];
  for (const name of [FIXED, REJECTED].filter((inside) => written.some((file) => file.startsWith(`${inside}/`)))) {
    const read = await readFolder(name === REJECTED ? folder : join(beside, FIXED), name === FIXED, signal);
    files.push(...read.files);
    for (const [file, { given, lines }] of read.byFile) {
      const at = `${name}/${basename(file)}`;
      all.push(...placed(kept.get(at) ?? [], given, lines === sizes.get(at)));
    }
  }
  return {
    files,
    placed: all.filter((one) => 'of' in one),
    unplaced: all.filter((one): one is GivenFix => 'value' in one && !('of' in one)),
    faults: all.filter((one) => 'why' in one),
    run,
  };
}

/** The fixes of a file with the records that they are in the place of, where that can be told. */
function placed(
  kept: readonly KeptRecord[],
  given: readonly GivenFix[],
  hasAllLines: boolean,
): (PlacedFix | GivenFix | FixFault)[] {
  const isOne = kept.length === 1 && given.length === 1;
  const aligned = alignKept(kept, given.map(textOf), hasAllLines || isOne);
  return given.map((fix, index) => {
    const found = aligned[index] ?? 'none';
    if (found === 'none') return fix;
    if (found === 'several') return faultOf(fix, 'several');
    return { ...fix, of: found.of, isUnclear: found.isUnclear };
  });
}

/** What a text may be called: a Bundle that was kept around a record is called as that is. */
function textOf({ file, line, value }: GivenFix): GivenText {
  const named = (record: RawRecord | undefined): string[] => {
    if (record === undefined) return [];
    const { resourceType, id } = 'value' in record ? withId(record.source, record.value) : record.source;
    return resourceType === undefined || id === undefined ? [] : [`${resourceType}/${id}`];
  };
  const records = recordsOf(file, value);
  const first = records.next();
  const [whole] = recordsOf(file, value, true);
  return { line, names: new Set([...named(first.done === true ? undefined : first.value), ...named(whole)]) };
}

interface ReadFile {
  readonly given: GivenFix[];
  /** How many lines it has. */
  lines: number;
}

interface ReadFolder {
  readonly files: readonly string[];
  readonly given: readonly GivenFix[];
  readonly byFile: ReadonlyMap<string, ReadFile>;
}

async function readFolder(folder: string, isEarlier: boolean, signal: AbortSignal | undefined): Promise<ReadFolder> {
  const found = await findInputs([folder]);
  const [missing] = found.unreadable;
  if (missing !== undefined) throw new UsageError(`${missing.path}: it cannot be read (${missing.reason}).`);
  const byFile = new Map<string, ReadFile>();
  for (const { path } of found.files) byFile.set(path, await readFixes(path, isEarlier, signal));
  const given = [...byFile.values()].flatMap((file) => file.given);
  return { files: found.files.map(({ path }) => path), given, byFile };
}

async function readFixes(path: string, isEarlier: boolean, signal: AbortSignal | undefined): Promise<ReadFile> {
  const file: ReadFile = { given: [], lines: 0 };
  async function* counted(): AsyncGenerator<Line[]> {
    for await (const lines of readLines(createReadStream(path))) {
      file.lines = lines.at(-1)?.number ?? file.lines;
      yield lines;
    }
  }
  try {
    for await (const { values } of readValues(path, counted(), undefined, signal))
      for (const value of values) file.given.push(await fixIn(path, value, isEarlier));
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`);
    throw error;
  }
  return file;
}

/** What is too large to be parsed is read to its end, for what comes after it. */
async function fixIn(file: string, value: Value, isEarlier: boolean): Promise<GivenFix> {
  const fix = { file, line: value.line, keptIn: keptName(file), isEarlier };
  if (Buffer.isBuffer(value.bytes)) return { ...fix, value };
  for await (const _ of value.bytes);
  return { ...fix, value: { ...value, bytes: Buffer.alloc(0) } };
}

/** How many lines each file had that a run wrote. */
async function linesOfRun(folder: string): Promise<ReadonlyMap<unknown, unknown>> {
  const parsed = parseJson(await readFile(join(folder, RUN)));
  const files = 'value' in parsed && isObject(parsed.value) ? own(parsed.value, 'files') : undefined;
  return new Map(
    (Array.isArray(files) ? files : []).filter(isObject).map((one) => [own(one, 'file'), own(one, 'lines')]),
  );
}
