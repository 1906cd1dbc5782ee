import { type FileMark, markOf } from '../../read/files/fileMark.js';
import { findInputs, type Inputs, isNothing } from '../../read/findInputs.js';
import type { FolderOptions } from '../../read/folder/patterns.js';
import { isThreadCount, MOST_THREADS } from '../../read/threads/threadCount.js';
import { UsageError } from '../../read/usageError.js';
import { asideOf, notReadOf } from '../../report/aside.js';
import type { InternalOptions, StreamOptions } from '../conversionStream.js';
import type { OpenFixes } from '../fixes/openFixes.js';
import type { ReadIdMap } from '../idMapFile.js';
import { checkFillOption } from '../options/fillOption.js';
import { checkRawTypes } from '../raw/rawTypes.js';
import { type IndexSize, type SetIndex, setIndex } from './setIndex.js';
import { type SetVersions, setVersions } from './setVersions.js';
import { withMap } from './withSet.js';

/** The files of a set, and how they are converted. */
export interface SetRun extends StreamOptions, FolderOptions {
  /** Files, folders of them, and globs. */
  readonly inputs: readonly string[];
  /** A file of an id map, CSV or NDJSON; its rows go before `resolveId` and `resolveReference`. */
  readonly idMap?: string;
  /**
   * A folder of corrected records, `rejected/` of an earlier run: each takes the place of the one that it was made of, with its source
   * and its wave.
   */
  readonly fixes?: string;
  /**
   * How many threads convert the lines of files: as many as the machine has processors, at most 8, where there is enough to read, if
   * left out.
   */
  readonly threads?: number;
}

/** What a run knew of a set besides its records, in `summary.json`. */
export interface KnownOfSet {
  /** How many rows with an id the id map has, where there is one, and how many without, where there are some. */
  readonly idMap?: { readonly rows: number; readonly unfilled?: number };
  /** The index of the records that others refer to, where there was need of one. */
  readonly index?: IndexSize;
}

/** What a run did not read of its folders, in `summary.json`. */
export function notRead(found: Inputs) {
  const { skipped, endings } = found;
  const { leftOut, ...more } = notReadOf(found);
  return { skipped, endings, leftOut: leftOut.map(({ path, kind }) => ({ file: path, kind })), ...more };
}

/** A set that is about to be converted. */
export interface OpenSet {
  readonly found: Inputs;
  readonly options: InternalOptions;
  /** The options as they were given, without what the id map and the fixes make of them. */
  readonly given: StreamOptions;
  /** The id map, and how many rows it has. */
  readonly idMap?: { readonly path: string; readonly rows: number } & FileMark;
  readonly threads?: number;
  readonly versions: SetVersions;
  readonly index: SetIndex;
  readonly fixes?: OpenFixes;
  /** The folder of the run that kept what the fixes were made of, where one did. */
  readonly fixesOf?: string;
  known(): KnownOfSet;
  /** Gives back what only conversions need, once there are no more. */
  release(): void;
}

/**
 * Finds the files of a set and reads its id map, which is no record where it lies among them.
 * @throws UsageError for inputs and options that cannot be, where there is nothing to read, and for an id map or fixes with a fault; the signal's reason.
 */
export async function openSet({
  inputs,
  idMap,
  fixes: folder,
  out,
  include,
  exclude,
  threads,
  ...given
}: SetRun & { readonly out?: string }): Promise<OpenSet> {
  checkFillOption(given.fill);
  checkRawTypes(given.rawTypes, given.to);
  checkThreads(threads);
  const mark = markOfMap(idMap);
  // Loaded on demand: its parser of CSV takes longer to open than a small file to convert.
  const map = idMap === undefined ? undefined : await (await import('../idMapFile.js')).readIdMap(idMap);
  const rows = map === undefined ? {} : { idMap: rowsOf(map) };
  const mapped = map === undefined ? given : withMap(given, map);
  const kept =
    folder === undefined ? undefined : await (await import('../fixes/givenFixes.js')).givenFixes(folder, given.signal);
  const own = [...(idMap === undefined ? [] : [idMap]), ...(kept?.files ?? [])];
  const found = await findInputs(inputs, out, own, { include, exclude });
  if (isNothing(found))
    throw new UsageError([`${inputs.join(', ')}: there is no file to convert.`, ...asideOf(notReadOf(found))]);
  const fixes =
    kept === undefined ? undefined : await (await import('../fixes/openFixes.js')).openFixes(kept, found.files, mapped);
  const options = fixes === undefined ? mapped : { ...mapped, replacing: fixes };
  const versions = setVersions(found, options);
  const index = setIndex(found, versions, options);
  return {
    found,
    options,
    given,
    ...(threads === undefined ? {} : { threads }),
    ...(idMap === undefined || map === undefined ? {} : { idMap: { path: idMap, rows: map.size, ...mark } }),
    versions,
    index,
    ...(fixes === undefined ? {} : { fixes }),
    ...(kept?.run === undefined ? {} : { fixesOf: kept.run }),
    known() {
      const size = index.size();
      return {
        ...rows,
        ...(size.passes === 0 ? {} : { index: size }),
      };
    },
    release: () => map?.forget(),
  };
}

/** Taken before the map is read, so that a change while it is read shows; one that is not there is said when it is read. */
function markOfMap(path: string | undefined): FileMark {
  try {
    if (path !== undefined) return markOf(path);
  } catch {
    // Whoever reads it says why it cannot be read.
  }
  return { isFile: false, size: 0, changed: 0 };
}

function checkThreads(threads: unknown): void {
  if (threads === undefined || isThreadCount(threads)) return;
  throw new UsageError(`The option \`threads\` is a whole number from 1 to ${MOST_THREADS}.`);
}

function rowsOf({ size, unfilled }: ReadIdMap): KnownOfSet['idMap'] {
  return unfilled === 0 ? { rows: size } : { rows: size, unfilled };
}
