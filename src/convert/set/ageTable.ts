import { grown } from '../../bundle/growing.js';
import { type Age, type Fate, fatesOf } from '../../bundle/versions.js';
import type { NumberedAge } from './versionAge.js';

/** A record in the files of a set. */
export interface Position {
  /** The number of its file. */
  readonly file: number;
  /** How many records come before it in the file. */
  readonly ordinal: number;
}

/** The ages of versions, by the number of their record, and of what became of them. */
export interface AgeTable {
  /** `check` tells records apart that share a number. */
  add(record: number, check: number, at: Position, age: NumberedAge): void;
  /** What each version is that is not the newest of its record; to be called once, at the end. */
  fates(each: (at: Position, fate: Fate) => void): void;
}

const FIRST_SIZE = 1024;

/** A table of nothing yet: 65 bytes for each version, and up to twice that while there is room to grow. */
export function ageTable(): AgeTable {
  let records = new Int32Array(FIRST_SIZE);
  let checks = new Float64Array(FIRST_SIZE);
  let files = new Int32Array(FIRST_SIZE);
  let ordinals = new Int32Array(FIRST_SIZE);
  let seconds = new Float64Array(FIRST_SIZE);
  let nanoseconds = new Uint32Array(FIRST_SIZE);
  let exported = new Float64Array(FIRST_SIZE);
  let contents = new Float64Array(FIRST_SIZE);
  /** The number of a history plus 1, or 0, and the place in it. */
  let histories = new Int32Array(FIRST_SIZE);
  let places = new Int32Array(FIRST_SIZE);
  let precedences = new Uint8Array(FIRST_SIZE);
  const bundles = new Map<string | number, number>();
  let size = 0;
  let most = 0;

  const ageAt = (index: number): Age => {
    const made = seconds[index] ?? Number.NaN;
    const asOf = exported[index] ?? Number.NaN;
    const history = histories[index] ?? 0;
    return {
      seconds: Number.isNaN(made) ? undefined : made,
      nanoseconds: nanoseconds[index] ?? 0,
      ...(Number.isNaN(asOf) ? {} : { asOf }),
      history: history === 0 ? undefined : { bundle: history, index: places[index] ?? 0 },
      content: contents[index] ?? Number.NaN,
      precedence: precedences[index] ?? 0,
    };
  };
  const numberOf = (bundle: string | number): number => {
    const known = bundles.get(bundle) ?? bundles.size + 1;
    bundles.set(bundle, known);
    return known;
  };

  return {
    add(record, check, { file, ordinal }, age) {
      const index = size;
      size += 1;
      records = grown(records, size, Int32Array);
      checks = grown(checks, size, Float64Array);
      files = grown(files, size, Int32Array);
      ordinals = grown(ordinals, size, Int32Array);
      seconds = grown(seconds, size, Float64Array);
      nanoseconds = grown(nanoseconds, size, Uint32Array);
      exported = grown(exported, size, Float64Array);
      contents = grown(contents, size, Float64Array);
      histories = grown(histories, size, Int32Array);
      places = grown(places, size, Int32Array);
      precedences = grown(precedences, size, Uint8Array);
      records[index] = record;
      checks[index] = check;
      files[index] = file;
      ordinals[index] = ordinal;
      seconds[index] = age.seconds ?? Number.NaN;
      nanoseconds[index] = age.nanoseconds;
      exported[index] = age.asOf ?? Number.NaN;
      contents[index] = age.content;
      histories[index] = age.history === undefined ? 0 : numberOf(age.history.bundle);
      places[index] = age.history?.index ?? 0;
      precedences[index] = age.precedence ?? 0;
      most = Math.max(most, record + 1);
    },
    fates(each) {
      // Of each record the first version, of each version the next one of its record, plus 1; 0 for none.
      const heads = new Int32Array(most);
      const next = new Int32Array(size);
      for (let index = size - 1; index >= 0; index -= 1) {
        const record = records[index] ?? 0;
        next[index] = heads[record] ?? 0;
        heads[record] = index + 1;
      }
      for (const head of heads) {
        const groups = new Map<number, number[]>();
        for (let index = head - 1; index >= 0; index = (next[index] ?? 0) - 1) {
          const check = checks[index] ?? 0;
          const group = groups.get(check);
          if (group === undefined) groups.set(check, [index]);
          else group.push(index);
        }
        for (const group of groups.values())
          fatesOf(group.map(ageAt)).forEach((fate, at) => {
            const index = group[at] ?? 0;
            if (fate !== 'newest') each({ file: files[index] ?? 0, ordinal: ordinals[index] ?? 0 }, fate);
          });
      }
    },
  };
}
