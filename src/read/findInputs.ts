import { accessSync, type BigIntStats, constants, type Dirent, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { type AsideList, asideList, endingsOf } from './folder/aside.js';
import { holdsRecord } from './folder/holdsRecord.js';
import type { OtherFormat } from './folder/otherFormat.js';
import { type OutFolder, outFolder } from './folder/outFolder.js';
import { type FolderOptions, type Patterns, patternsOf } from './folder/patterns.js';
import { formatOfFile, settle } from './folder/settle.js';
import { checkEnded, isWaveOfRun, UNENDED } from './folder/unended.js';
import { identityIn, identityOf } from './identity.js';
import type { InputFile, Inputs, LeftOut, UnreadableInput } from './inputs.js';
import { pauses } from './pause.js';
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
  readonly due: ReturnType<typeof pauses>;
}

/** What a path leads to. */
interface Found {
  readonly kind: 'folder' | 'file' | LeftOut['kind'];
  /** In bytes. */
  readonly size: number;
  readonly identity: string;
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
    due: pauses(),
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
  const found = look(place);
  if (await search.out.holds(place))
    throw new UsageError(`${place}: it is in the output folder; write to another one.`);
  await checkEnded(place, search.unended);
  if (found.kind === 'folder') return walk(place, found, search, true);
  const format = await formatOfNamed(place);
  if (format !== undefined)
    throw new UsageError(
      `${place}: it is ${format.name}, which is not read; ${format.advice ?? 'name files of JSON'}.`,
    );
  take(place, found, search);
}

/** The format of a file that was named, if it cannot be read: what is named as JSON is looked at record by record. */
async function formatOfNamed(place: string): Promise<OtherFormat | undefined> {
  if (RECORDS.test(place) || look(place).kind !== 'file') return undefined;
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
      const found = look(place);
      const { kind } = found;
      if (kind === 'folder') await walk(place, found, search, true);
      else if (kind !== 'file') search.leftOut.push({ path: place, kind });
      else if ((await formatOfNamed(place)) !== undefined) search.otherNames.push(place);
      else take(place, found, search);
    }
  }
}

async function walk(folder: string, found: Found, search: Search, isGiven: boolean): Promise<void> {
  if (isGiven) search.root = folder;
  if ((await search.out.holds(folder)) || !isNew(found, search)) return;
  let entries: Dirent[];
  try {
    entries = (await readdir(folder, { withFileTypes: true })).sort(byName);
  } catch (error) {
    if (isGiven) throw unreadable(folder, error);
    search.unreadable.push({ path: folder, reason: reasonOf(error) });
    return;
  }
  const names = entries.map(({ name }) => name);
  const run = await runIn(folder, names);
  if (run === 'unended') {
    if (isGiven) throw new UsageError(`${folder}: it cannot be read (${UNENDED}).`);
    search.unreadable.push({ path: folder, reason: UNENDED });
    return;
  }
  // What an earlier run refused or set aside is no input of what it converted.
  const aside = run === 'ended' || (await isWaveOfRun(folder, names)) ? FOLDERS : [];
  for (const entry of entries) {
    const pausing = search.due();
    if (pausing !== undefined) await pausing;
    if (aside.includes(entry.name)) search.aside.add(join(folder, entry.name), 'earlier-run');
    else await enter(join(folder, entry.name), entry, search, run === 'ended');
  }
}

const byName = (one: Dirent, other: Dirent): number => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);

/** What cannot be read matters only where it has the name of an input. */
async function enter(path: string, entry: Dirent, search: Search, isOfRun: boolean): Promise<void> {
  const { aside } = search;
  const { name } = entry;
  const isNamedAsReport = REPORT_FILES.includes(name);
  let isInput = RECORDS.test(name) && !isNamedAsReport;
  if (name.startsWith('.')) return aside.add(path, 'hidden');
  if (await isOwn(path, search)) return aside.add(path, 'option');
  try {
    const found = look(path);
    const { kind } = found;
    if (kind === 'folder') return await walk(path, found, search, false);
    if (isNamedAsReport && (isOfRun || kind !== 'file' || !(await holdsRecord(path))))
      return aside.add(path, 'earlier-run');
    // Other programs call files of records so, too.
    isInput ||= isNamedAsReport;
    if (isExcluded(path, isInput, search)) exclude(path, search);
    else if (!isInput && kind === 'file') search.otherNames.push(path);
    else if (!isInput) aside.addByName(path, 'other-name');
    else if (kind !== 'file') search.leftOut.push({ path, kind });
    // What is no link is in its folder, of which it is known.
    else if (!entry.isSymbolicLink() || !(await search.out.holds(path))) take(path, found, search);
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

/**
 * Looks what a path leads to, at once: to wait for each of many small files would take longer than all else that is done with them.
 * @throws UsageError where it leads to nothing.
 */
function look(path: string): Found {
  let found: BigIntStats;
  try {
    found = statSync(path, { bigint: true });
  } catch (error) {
    throw unreadable(path, error);
  }
  return { kind: kindOf(found), size: Number(found.size), identity: identityIn(found) };
}

function kindOf(found: BigIntStats): Found['kind'] {
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'pipe';
  if (found.isSocket()) return 'socket';
  return found.isFile() ? 'file' : 'device';
}

function take(path: string, found: Found, search: Search): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (isNew(found, search)) search.files.push({ path, size: found.size });
}

function isNew({ identity }: Found, { seen }: Search): boolean {
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
