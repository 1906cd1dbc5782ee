import { grown } from '../../bundle/growing.js';
import type { Fate } from '../../bundle/versions.js';
import type { Inputs } from '../../read/findInputs.js';
import type { FileFailure, ReadRun } from '../../read/inputBatches.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { digest } from '../waves/nameTable.js';
import { ageTable } from './ageTable.js';
import { exportTimes } from './exportTimes.js';
import { type PipeVersions, pipeVersions } from './pipeVersions.js';
import { recordNames } from './recordNames.js';
import { type FirstLook, lookForRepeated } from './repeatedNames.js';
import { type ReadRecord, skimFiles } from './skimFiles.js';
import { numberedAge } from './versionAge.js';

/** What an item of a batch is among the versions of its record. */
export interface Fated<T> {
  readonly item: T;
  readonly fate: Fate;
}

/** Knows which of several versions of a record counts, before the first record of a set is converted. */
export interface SetVersions {
  /**
   * Reads the files for it, once: of most records only the type and the id are looked at. Only where several records have these in
   * common are their files read again.
   * @throws the signal's reason.
   */
  read(): Promise<void>;
  /** True for a file of which each record is known to be the newest of its name. */
  isPlain(file: string): boolean;
  /** What the items of a file are, batch by batch in its order. */
  inFile(file: string): <T extends ReadRecord | FileFailure>(items: Iterable<T>) => Generator<Fated<T>>;
  /** The types of the records in a file, and `URLS` where some are in Bundles; undefined for what cannot be read twice. */
  kindsIn(file: string): ReadonlySet<string> | undefined;
  /** What the next reading need not look at again. */
  readonly toRead: Required<Pick<ReadRun, 'isChecked' | 'isDocument'>>;
}

const FATES = ['newest', 'older', 'copy', 'unclear'] as const satisfies readonly Fate[];

const FIRST_SIZE = 1024;

/** The versions in files, of which nothing is known yet. */
export function setVersions(
  { files, exports }: Pick<Inputs, 'files' | 'exports'>,
  options: { readonly baseUrl?: string; readonly rawTypes?: readonly string[] } & Pick<
    ReadRun,
    'recordLimit' | 'signal' | 'replacing'
  > = {},
): SetVersions {
  const { baseUrl, rawTypes, recordLimit, signal, replacing } = options;
  const recordsNames = recordNames(baseUrl, rawTypes);
  // A pipe has no size.
  const regular = files.filter(({ size }) => size > 0);
  const pipes = new Set(files.filter(({ size }) => size === 0).map(({ path }) => path));
  /** By file, of each of its records the index of its fate. */
  const fates = new Map<string, Uint8Array>();
  let look: Pick<FirstLook, 'kinds' | 'whole' | 'documents'> = {
    kinds: new Map(),
    whole: new Set(),
    documents: new Set(),
  };
  let isRead = false;
  let inPipes: PipeVersions = pipeVersions(recordsNames, () => false);

  const decide = async ({ names, isRepeated, repeatedIn, whole }: FirstLook): Promise<void> => {
    const ages = ageTable();
    const times = exportTimes(exports);
    const again = regular.filter((file) => repeatedIn.has(file));
    const indexes = new Map(again.map(({ path }, index) => [path, index]));
    const ordinals = again.map(() => 0);
    const take = (file: string, name: string | undefined, parse: () => RawRecord | undefined): void => {
      const index = indexes.get(file) ?? 0;
      const ordinal = ordinals[index] ?? 0;
      ordinals[index] = ordinal + 1;
      const number = name === undefined ? undefined : names.numberOf(name);
      if (name === undefined || number === undefined || !isRepeated(number)) return;
      const record = parse();
      const named = record === undefined ? undefined : recordsNames.of(record);
      if (record === undefined || named?.name !== name) return;
      ages.add(number, digest(name), { file: index, ordinal }, numberedAge(record, named, times.get(file)));
    };
    await skimFiles(
      again,
      { recordLimit, signal, replacing, isChecked: (path) => whole.has(path) },
      {
        isAskedFor: recordsNames.isWanted,
        skimmed: (file, seen, parse) => take(file, recordsNames.ofSkimmed(seen), parse),
        read: (record) => take(record.source.file, recordsNames.of(record)?.name, () => record),
      },
    );
    ages.fates(({ file, ordinal }, fate) => {
      const path = again[file]?.path ?? '';
      const its = grown(fates.get(path) ?? new Uint8Array(FIRST_SIZE), ordinal + 1, Uint8Array);
      its[ordinal] = FATES.indexOf(fate);
      fates.set(path, its);
    });
  };

  return {
    async read() {
      if (isRead) return;
      isRead = true;
      const found = await lookForRepeated(regular, { recordLimit, signal, replacing }, recordsNames);
      if (found.repeatedIn.size > 0) await decide(found);
      const { kinds, whole, documents, names, size } = found;
      look = { kinds, whole, documents };
      if (pipes.size > 0) inPipes = pipeVersions(recordsNames, (name) => names.numberOf(name) < size);
    },
    inFile(file) {
      if (pipes.has(file)) return (items) => inValues(items, (records) => inPipes.fates(file, records));
      const its = fates.get(file);
      let ordinal = 0;
      return function* inOrder(items) {
        for (const item of items) {
          if (item.kind !== 'read') yield { item, fate: 'newest' };
          else {
            yield { item, fate: FATES[its?.[ordinal] ?? 0] ?? 'newest' };
            ordinal += 1;
          }
        }
      };
    },
    isPlain: (file) => !pipes.has(file) && !fates.has(file),
    kindsIn: (file) => look.kinds.get(file),
    toRead: { isChecked: (file) => look.whole.has(file), isDocument: (file) => look.documents.has(file) },
  };
}

/** Items with the fates of their records, which are asked for of each value at once: all of its records are of the same line. */
function* inValues<T extends ReadRecord | FileFailure>(
  items: Iterable<T>,
  fatesIn: (records: readonly RawRecord[]) => readonly Fate[],
): Generator<Fated<T>> {
  let held: T[] = [];
  function* release(): Generator<Fated<T>> {
    const fates = fatesIn(held.flatMap((item) => (item.kind === 'read' ? [item.record] : [])));
    for (const [index, item] of held.entries()) yield { item, fate: fates[index] ?? 'newest' };
    held = [];
  }
  for (const item of items) {
    if (held[0] !== undefined && (item.kind !== 'read' || held[0].source.line !== item.source.line)) yield* release();
    if (item.kind === 'read') held.push(item);
    else yield { item, fate: 'newest' };
  }
  yield* release();
}
