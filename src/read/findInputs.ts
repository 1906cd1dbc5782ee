import { constants, type Stats } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { identityOf } from './identity.js';
import { FOLDERS, isOutput, isOutputFolder, REPORT_FILES } from './runFiles.js';
import { runIn } from './runManifest.js';
import { isSystemError, reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';

/** A file to read. */
export interface InputFile {
  /** How it is opened and how reports call it: the input as given, with the path below it. */
  readonly path: string;
  /** In bytes, as it is stored; 0 for a pipe. */
  readonly size: number;
}

/** A file or a folder that cannot be read. */
export interface UnreadableInput {
  readonly path: string;
  readonly reason: string;
}

/** What has the name of an input in a folder, and is no file: to open it could wait for ever. */
export interface LeftOut {
  readonly path: string;
  readonly kind: 'pipe' | 'device' | 'socket';
}

/** What there is to read. */
export interface Inputs {
  readonly files: readonly InputFile[];
  /** What in the folders cannot be read. */
  readonly unreadable: readonly UnreadableInput[];
  /** What in the folders is no file. One that is named itself, as `<(zcat …)` is, is read. */
  readonly leftOut: readonly LeftOut[];
  /** How many files of the folders are no input, by their names. */
  readonly skipped: number;
  /** How many of these there are of each ending, `.jsonl`, without hidden ones and what a run wrote or reads itself. */
  readonly endings: { readonly [ending: string]: number };
}

const RECORDS = /\.(nd)?json(\.gz)?$/;

interface Search {
  /** Identity of the output folder, which is not read when it lies in a folder that is; none where there is no such folder. */
  readonly out: string | undefined;
  /** Whether folders are in the output folder, by their real paths. */
  readonly inOut: Map<string, boolean>;
  /** Whether a run that did not end wrote what is in a folder, by their real paths. */
  readonly unended: Map<string, boolean>;
  /** Identities of files of the run itself; it may yet have to write them. */
  readonly own: ReadonlySet<string>;
  /** Identities of files and folders, so that no record is read twice and no circle of links is followed. */
  readonly seen: Set<string>;
  readonly files: InputFile[];
  readonly unreadable: UnreadableInput[];
  readonly leftOut: LeftOut[];
  skipped: number;
  readonly endings: { [ending: string]: number };
}

/**
 * The files behind the inputs, in the order of the inputs and sorted below them, each once. Of a folder the `.ndjson` and
 * `.json` files at any depth, gzipped ones too, without hidden ones, the reports of an earlier run and what it set aside; what
 * cannot be read there, or is a pipe, a device or a socket, is listed, and so is a folder into which a run wrote that did not end. An
 * input that does not exist under its name is a glob, where it can be one. Files of the run
 * itself, `own`, are no input unless they are named.
 * @throws UsageError where an input does not exist, matches nothing, cannot be read, is what a run wrote that did not
 * end, or is in the output folder itself, whatever links lead there.
 */
export async function findInputs(
  places: readonly string[],
  out?: string,
  own: readonly string[] = [],
): Promise<Inputs> {
  const search: Search = {
    out: out === undefined ? undefined : await identityOf(out).catch(() => undefined),
    inOut: new Map(),
    unended: new Map(),
    own: new Set(await Promise.all(own.map((path) => identityOf(path).catch(() => path)))),
    seen: new Set(),
    files: [],
    unreadable: [],
    leftOut: [],
    skipped: 0,
    endings: Object.create(null),
  };
  for (const place of places) {
    if (await isGlob(place)) await spread(place, search);
    else await given(place, search);
  }
  const { files, unreadable, leftOut, skipped, endings } = search;
  return { files, unreadable, leftOut, skipped, endings: { ...endings } };
}

async function given(place: string, search: Search): Promise<void> {
  const folder = (await kindOf(place)) === 'folder' ? place : undefined;
  if (await isInOut(place, search)) throw new UsageError(`${place}: it is in the output folder; write to another one.`);
  await checkEnded(place, search);
  if (folder === undefined) await take(place, search);
  else await walk(folder, search, true);
}

async function isGlob(place: string): Promise<boolean> {
  if (!isDynamicPattern(place)) return false;
  try {
    await stat(place);
    return false;
  } catch {
    return true;
  }
}

async function spread(pattern: string, search: Search): Promise<void> {
  const found = await glob(pattern, { onlyFiles: false, expandDirectories: false });
  const places: string[] = [];
  for (const place of found.map((one) => one.replace(/\/$/, '')))
    if (!(await isInOut(place, search))) places.push(place);
  if (places.length === 0) throw new UsageError(`${pattern}: nothing matches.`);
  for (const place of places.sort()) {
    await checkEnded(place, search);
    if (await isOwn(place, search)) search.skipped += 1;
    else {
      const kind = await kindOf(place);
      if (kind === 'folder') await walk(place, search, true);
      else if (kind === 'file') await take(place, search);
      else search.leftOut.push({ path: place, kind });
    }
  }
}

async function walk(folder: string, search: Search, isGiven: boolean): Promise<void> {
  if ((await isInOut(folder, search)) || !(await isNew(folder, search))) return;
  let names: string[];
  try {
    names = (await readdir(folder)).sort();
  } catch (error) {
    if (isGiven) throw unreadable(folder, error);
    search.unreadable.push({ path: folder, reason: reasonOf(error) });
    return;
  }
  const run = await runIn(folder, names);
  if (run === 'unended') {
    if (isGiven) throw new UsageError(`${folder}: it cannot be read (${UNENDED}).`);
    search.unreadable.push({ path: folder, reason: UNENDED });
    return;
  }
  // What an earlier run refused or set aside is no input of what it converted.
  const aside = run === 'ended' || (await isWaveOfRun(folder, names)) ? FOLDERS : [];
  for (const name of names) {
    if (aside.includes(name)) search.skipped += 1;
    else await enter(join(folder, name), name, search);
  }
}

/** True for the folder of a wave, which may have one of what goes as it is. */
async function isWaveOfRun(folder: string, names: readonly string[]): Promise<boolean> {
  const around = dirname(await realpath(folder));
  if (!names.some((name) => isOutputFolder(`${basename(folder)}/${name}`))) return false;
  return (await runIn(around, await readdir(around).catch(() => []))) === 'ended';
}

const UNENDED = 'the run that wrote it did not end';

/** @throws UsageError for a part of what a run wrote that did not end. */
async function checkEnded(place: string, { unended }: Search): Promise<void> {
  const real = await realpath(place).catch(() => undefined);
  if (real === undefined) return;
  const [inside, name] = [dirname(real), basename(real)];
  const candidates: [folder: string, isPart: boolean][] = [
    [inside, isPartIn(name)],
    [dirname(inside), isPartIn(`${basename(inside)}/${name}`)],
    [dirname(dirname(inside)), isPartIn(`${basename(dirname(inside))}/${basename(inside)}/${name}`)],
  ];
  for (const [folder, isPart] of candidates) {
    if (!isPart) continue;
    const isUnended = unended.get(folder) ?? (await isUnendedRun(folder));
    unended.set(folder, isUnended);
    if (isUnended) throw new UsageError(`${place}: it cannot be read (${UNENDED}).`);
  }
}

const isPartIn = (name: string): boolean => isOutput(name) || isOutputFolder(name);

async function isUnendedRun(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return (await runIn(folder, names)) === 'unended';
}

/** What cannot be read matters only where it has the name of an input. */
async function enter(path: string, name: string, search: Search): Promise<void> {
  const isInput = RECORDS.test(name) && !REPORT_FILES.includes(name);
  if (name.startsWith('.') || (await isOwn(path, search))) {
    search.skipped += 1;
    return;
  }
  try {
    const kind = await kindOf(path);
    if (kind === 'folder') await walk(path, search, false);
    else if (!isInput) skip(name, search);
    else if (kind !== 'file') search.leftOut.push({ path, kind });
    else if (!(await isInOut(path, search))) await take(path, search);
  } catch (error) {
    if (!isInput) search.skipped += 1;
    else if (error instanceof UsageError) search.unreadable.push({ path, reason: reasonOf(error.cause) });
    else throw error;
  }
}

/** The end of a file's name; one that is longer, or has other characters, may be anything. */
const ENDING = /\.[A-Za-z0-9]{1,16}(\.gz)?$/;

function skip(name: string, search: Search): void {
  search.skipped += 1;
  if (REPORT_FILES.includes(name)) return;
  const ending = ENDING.exec(name)?.[0] ?? '';
  search.endings[ending] = (search.endings[ending] ?? 0) + 1;
}

async function kindOf(path: string): Promise<'folder' | 'file' | LeftOut['kind']> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'pipe';
  if (found.isSocket()) return 'socket';
  return found.isFile() ? 'file' : 'device';
}

async function take(path: string, search: Search): Promise<void> {
  try {
    await access(path, constants.R_OK);
    const { size } = await stat(path);
    if (await isNew(path, search)) search.files.push({ path, size });
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function isNew(path: string, { seen }: Search): Promise<boolean> {
  const identity = await identityOf(path);
  if (seen.has(identity)) return false;
  seen.add(identity);
  return true;
}

/** What is not there has its name for an identity. */
async function isOwn(path: string, { own }: Search): Promise<boolean> {
  return own.size > 0 && own.has(await identityOf(path).catch(() => path));
}

/** True for the output folder and what is in it, by whatever links and mounts it is reached. */
async function isInOut(place: string, search: Search): Promise<boolean> {
  if (search.out === undefined) return false;
  // What has no real path is told of, or is a pipe.
  const real = await realpath(place).catch(() => undefined);
  return real !== undefined && isBelowOut(real, search);
}

async function isBelowOut(real: string, search: Search): Promise<boolean> {
  const known = search.inOut.get(real);
  if (known !== undefined) return known;
  const around = dirname(real);
  const identity = await identityOf(real).catch(() => undefined);
  const isBelow = identity === search.out || (around !== real && (await isBelowOut(around, search)));
  search.inOut.set(real, isBelow);
  return isBelow;
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`, {
    cause: isSystemError(error) ? error : undefined,
  });
}
