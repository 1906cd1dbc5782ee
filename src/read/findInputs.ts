import { constants, type Stats } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { type AsideList, asideList, endingsOf } from './folder/aside.js';
import { holdsRecord } from './folder/holdsRecord.js';
import type { OtherFormat } from './folder/otherFormat.js';
import { type OutFolder, outFolder } from './folder/outFolder.js';
import { type FolderOptions, type Patterns, patternsOf } from './folder/patterns.js';
import { formatOfFile, settle } from './folder/settle.js';
import { checkEnded, isWaveOfRun, UNENDED } from './folder/unended.js';
import { identityOf } from './identity.js';
import type { InputFile, Inputs, LeftOut, UnreadableInput } from './inputs.js';
import { FOLDERS, REPORT_FILES } from './runFiles.js';
import { runIn } from './runManifest.js';
import { isSystemError, reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';

export type { InputFile, Inputs, LeftOut, UnreadableInput } from './inputs.js';

const RECORDS = /\.(ndjson|jsonl|json)(\.gz)?$/i;

interface Search {
  readonly out: OutFolder;
  /** Whether a run that did not end wrote what is in a folder, by their real paths. */
  readonly unended: Map<string, boolean>;
  /** Identities of files of the run itself; it may yet have to write them. */
  readonly own: ReadonlySet<string>;
  /** Identities of files and folders, so that no record is read twice and no circle of links is followed. */
  readonly seen: Set<string>;
  readonly files: InputFile[];
  readonly unreadable: UnreadableInput[];
  readonly leftOut: LeftOut[];
  readonly aside: AsideList;
  readonly patterns: Patterns;
  /** The folder that was given, below which patterns are matched. */
  root: string;
  /** Files of the folders whose names are no input's. */
  readonly otherNames: string[];
  /** Files of the folders that an option leaves out. */
  readonly excluded: string[];
}

/**
 * The files behind the inputs, in the order of the inputs and sorted below them, each once. Of a folder the `.ndjson`, `.jsonl` and
 * `.json` files at any depth, in upper case and gzipped ones too, without hidden ones, the reports of an earlier run and what it set
 * aside (a file that is called like a report and holds records is none, but in the folder of a run); what cannot be read there, or is a pipe, a device or a socket, is listed, and so is a folder into which a run wrote that did not
 * end. What shows by its content that it holds no records, such as the manifest of a bulk export, is set aside; what a manifest
 * lists is read whatever its name. An input that does not exist under its name is a glob, where it can be one. Files of the run itself,
 * `own`, are no input unless they are named.
 * @throws UsageError where an input does not exist, matches nothing, cannot be read, is of a format that is not read, is what a run wrote
 * that did not end, or is in the output folder itself, whatever links lead there; for a pattern that cannot be.
 */
export async function findInputs(
  places: readonly string[],
  out?: string,
  own: readonly string[] = [],
  folders: FolderOptions = {},
): Promise<Inputs> {
  const search: Search = {
    out: await outFolder(out),
    unended: new Map(),
    own: new Set(await Promise.all(own.map((path) => identityOf(path).catch(() => path)))),
    seen: new Set(),
    files: [],
    unreadable: [],
    leftOut: [],
    aside: asideList(),
    patterns: patternsOf(folders),
    root: '',
    otherNames: [],
    excluded: [],
  };
  for (const place of places) {
    if (await isGlob(place)) await spread(place, search);
    else await given(place, search);
  }
  const { unreadable, leftOut, patterns } = search;
  const { files, exports } = await settle(search, search.aside);
  const aside = search.aside.all();
  return {
    files,
    unreadable,
    leftOut,
    skipped: aside.reduce((sum, { count }) => sum + count, 0),
    aside,
    endings: endingsOf(aside),
    exports: { all: exports, counted: new Map() },
    unmatched: patterns.unmatched(),
  };
}

/** True where there is nothing to read; a bulk export that lists no files is whole. */
export function isNothing({ files, unreadable, exports: { all } }: Inputs): boolean {
  const isEmptyExport = all.length > 0 && all.every((one) => one.files.length === 0);
  return files.length === 0 && unreadable.length === 0 && !isEmptyExport;
}

async function given(place: string, search: Search): Promise<void> {
  const folder = (await kindOf(place)) === 'folder' ? place : undefined;
  if (await search.out.holds(place))
    throw new UsageError(`${place}: it is in the output folder; write to another one.`);
  await checkEnded(place, search.unended);
  if (folder !== undefined) return walk(folder, search, true);
  const format = await formatOfNamed(place);
  if (format !== undefined)
    throw new UsageError(
      `${place}: it is ${format.name}, which is not read; ${format.advice ?? 'name files of JSON'}.`,
    );
  await take(place, search);
}

/** The format of a file that was named, if it cannot be read: what is named as JSON is looked at record by record. */
async function formatOfNamed(place: string): Promise<OtherFormat | undefined> {
  if (RECORDS.test(place) || (await kindOf(place)) !== 'file') return undefined;
  const format = await formatOfFile(place);
  return format?.isJson === true ? undefined : format;
}

/** What is there is none, whatever its name. */
async function isGlob(place: string): Promise<boolean> {
  try {
    await stat(place);
    return false;
  } catch {
    return isDynamicPattern(place);
  }
}

async function spread(pattern: string, search: Search): Promise<void> {
  const found = await glob(pattern, { onlyFiles: false, expandDirectories: false });
  const places: string[] = [];
  for (const place of found.map((one) => one.replace(/\/$/, '')))
    if (!(await search.out.holds(place))) places.push(place);
  if (places.length === 0) throw new UsageError(`${pattern}: nothing matches.`);
  for (const place of places.sort()) {
    await checkEnded(place, search.unended);
    if (await isOwn(place, search)) search.aside.add(place, 'option');
    else {
      const kind = await kindOf(place);
      if (kind === 'folder') await walk(place, search, true);
      else if (kind !== 'file') search.leftOut.push({ path: place, kind });
      else if ((await formatOfNamed(place)) !== undefined) search.otherNames.push(place);
      else await take(place, search);
    }
  }
}

async function walk(folder: string, search: Search, isGiven: boolean): Promise<void> {
  if (isGiven) search.root = folder;
  if ((await search.out.holds(folder)) || !(await isNew(folder, search))) return;
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
    if (aside.includes(name)) search.aside.add(join(folder, name), 'earlier-run');
    else await enter(join(folder, name), name, search, run === 'ended');
  }
}

/** What cannot be read matters only where it has the name of an input. */
async function enter(path: string, name: string, search: Search, isOfRun: boolean): Promise<void> {
  const { aside } = search;
  const isNamedAsReport = REPORT_FILES.includes(name);
  let isInput = RECORDS.test(name) && !isNamedAsReport;
  if (name.startsWith('.')) return aside.add(path, 'hidden');
  if (await isOwn(path, search)) return aside.add(path, 'option');
  try {
    const kind = await kindOf(path);
    if (kind === 'folder') return await walk(path, search, false);
    if (isNamedAsReport && (isOfRun || kind !== 'file' || !(await holdsRecord(path))))
      return aside.add(path, 'earlier-run');
    // Other programs call files of records so, too.
    isInput ||= isNamedAsReport;
    if (isExcluded(path, isInput, search)) exclude(path, search);
    else if (!isInput && kind === 'file') search.otherNames.push(path);
    else if (!isInput) aside.addByName(path, 'other-name');
    else if (kind !== 'file') search.leftOut.push({ path, kind });
    else if (!(await search.out.holds(path))) await take(path, search);
  } catch (error) {
    if (!isInput) aside.add(path, 'other-name');
    else if (error instanceof UsageError) search.unreadable.push({ path, reason: reasonOf(error.cause) });
    else throw error;
  }
}

function isExcluded(path: string, isInput: boolean, { root, patterns }: Search): boolean {
  const below = relative(root, path).split(sep).join('/');
  return patterns.isExcluded(below) || (isInput && !patterns.isIncluded(below));
}

function exclude(path: string, search: Search): void {
  search.aside.add(path, 'excluded');
  search.excluded.push(path);
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

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`, {
    cause: isSystemError(error) ? error : undefined,
  });
}
