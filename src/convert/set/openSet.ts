import { findInputs, type Inputs } from '../../read/findInputs.js';
import { UsageError } from '../../read/usageError.js';
import { asideOf } from '../../report/aside.js';
import type { StreamOptions } from '../conversionStream.js';
import { checkFillOption } from '../fillOption.js';
import type { ReadIdMap } from '../idMapFile.js';
import { type IndexSize, type SetIndex, setIndex } from './setIndex.js';
import { type SetVersions, setVersions } from './setVersions.js';
import { withMap } from './withSet.js';

/** The files of a set, and how they are converted. */
export interface SetRun extends StreamOptions {
  /** Files, folders of them, and globs. */
  readonly inputs: readonly string[];
  /** A file of an id map, CSV or NDJSON; its rows go before `resolveId` and `resolveReference`. */
  readonly idMap?: string;
}

/** What a run knew of a set besides its records, in `summary.json`. */
export interface KnownOfSet {
  /** How many rows with an id the id map has, where there is one, and how many without, where there are some. */
  readonly idMap?: { readonly rows: number; readonly unfilled?: number };
  /** The index of the records that others refer to, where there was need of one. */
  readonly index?: IndexSize;
}

/** What a run did not read of its folders, in `summary.json`. */
export function notRead({ skipped, endings, leftOut }: Inputs) {
  return { skipped, endings, leftOut: leftOut.map(({ path, kind }) => ({ file: path, kind })) };
}

/** A set that is about to be converted. */
export interface OpenSet {
  readonly found: Inputs;
  readonly options: StreamOptions;
  readonly versions: SetVersions;
  readonly index: SetIndex;
  known(): KnownOfSet;
}

/**
 * Finds the files of a set and reads its id map, which is no record where it lies among them.
 * @throws UsageError for inputs and options that cannot be, where there is nothing to read, and for an id map with a fault.
 */
export async function openSet({ inputs, idMap, out, ...given }: SetRun & { readonly out?: string }): Promise<OpenSet> {
  checkFillOption(given.fill);
  // Loaded on demand: its parser of CSV takes longer to open than a small file to convert.
  const map = idMap === undefined ? undefined : await (await import('../idMapFile.js')).readIdMap(idMap);
  const options = map === undefined ? given : withMap(given, map);
  const found = await findInputs(inputs, out, idMap === undefined ? [] : [idMap]);
  if (found.files.length === 0 && found.unreadable.length === 0)
    throw new UsageError([`${inputs.join(', ')}: there is no file to convert.`, ...asideOf(found)]);
  const versions = setVersions(found, options);
  const index = setIndex(found, versions, options);
  return {
    found,
    options,
    versions,
    index,
    known() {
      const size = index.size();
      return {
        ...(map === undefined ? {} : { idMap: rowsOf(map) }),
        ...(size.passes === 0 ? {} : { index: size }),
      };
    },
  };
}

function rowsOf({ size, unfilled }: ReadIdMap): KnownOfSet['idMap'] {
  return unfilled === 0 ? { rows: size } : { rows: size, unfilled };
}
