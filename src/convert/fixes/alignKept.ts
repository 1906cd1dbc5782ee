import type { Source } from '../../read/source.js';

/** A record that a run kept in a line of a file, so that somebody can correct it. */
export interface KeptRecord {
  readonly line: number;
  /** What the text in the line is of. */
  readonly text: Source;
  /** The record of the input in whose place it stands, as it came. */
  readonly of: Source;
  /** True where it is one of several versions of which nobody could tell the newest. */
  readonly isUnclear: boolean;
}

/** A text that stands in that file now. */
export interface GivenText {
  readonly line: number;
  /** What it may be called, `Type/id`: by itself, and as what it is around. */
  readonly names: ReadonlySet<string>;
}

/** Which record each text is in the place of: one, or why that cannot be told. */
export type Aligned = KeptRecord | 'none' | 'several';

/**
 * Finds for each text of a file the record that was kept there. Where the file has as many lines as it had, and no name says that they
 * were put in another order, these are those of the same line. Else they are found by their names, and one without a name, or with a new
 * one, where as many texts as records stand between two that were found. Nothing is guessed.
 */
export function alignKept(kept: readonly KeptRecord[], given: readonly GivenText[], hasAllLines: boolean): Aligned[] {
  return (hasAllLines ? byLine(kept, given) : undefined) ?? byName(kept, given);
}

function byLine(kept: readonly KeptRecord[], given: readonly GivenText[]): Aligned[] | undefined {
  const lines = new Map(kept.map((record) => [record.line, record]));
  const found = given.map(({ line }): Aligned => lines.get(line) ?? 'none');
  const others = given.filter((text, index) => !agree(found[index], text));
  if (others.length === 0) return found;
  const namesKept = new Set(kept.map(nameOf));
  const isMoved = others.some(({ names }) => [...names].some((name) => namesKept.has(name)));
  return isMoved ? undefined : found;
}

/** False where the record has another name than the text. */
function agree(record: Aligned | undefined, { names }: GivenText): boolean {
  if (typeof record !== 'object') return true;
  const name = nameOf(record);
  return name === undefined || names.size === 0 || names.has(name);
}

function nameOf({ text: { resourceType, id } }: KeptRecord): string | undefined {
  return resourceType === undefined || id === undefined ? undefined : `${resourceType}/${id}`;
}

function byName(kept: readonly KeptRecord[], given: readonly GivenText[]): Aligned[] {
  const indexes = grouped(kept.map(nameOf));
  const called = given.map(({ names }) => {
    const [name, ...others] = [...names].filter((one) => indexes.has(one));
    return others.length === 0 ? name : undefined;
  });
  const sure = given.map((): number | undefined => undefined);
  // As many texts as records of one name are in their order: they are versions of one record.
  for (const [name, its] of grouped(called)) {
    const places = indexes.get(name) ?? [];
    if (places.length === its.length) for (const [at, index] of its.entries()) sure[index] = places[at];
  }
  return between(kept, sure).map((found, at): Aligned => {
    if (found !== undefined) return found;
    // A name that no record here has may be that of another one of the input.
    const { names } = given[at] ?? { names: new Set<string>() };
    return names.size > 0 && ![...names].some((name) => indexes.has(name)) ? 'none' : 'several';
  });
}

/** The indexes of each name. */
function grouped(names: readonly (string | undefined)[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [index]);
    else group.push(index);
  }
  return groups;
}

/** What was found, and what stands between two that were where there are as many texts as records. */
function between(kept: readonly KeptRecord[], sure: readonly (number | undefined)[]): (KeptRecord | undefined)[] {
  const found = sure.map((index) => (index === undefined ? undefined : kept[index]));
  const anchors = [-1, ...sure.flatMap((index, at) => (index === undefined ? [] : [at])), sure.length];
  const placeOf = (at: number): number => (at < 0 ? -1 : at === sure.length ? kept.length : (sure[at] ?? -1));
  const isInOrder = anchors.every((at, index) => index === 0 || placeOf(at) > placeOf(anchors[index - 1] ?? -1));
  if (!isInOrder) return found;
  for (const [index, at] of anchors.entries()) {
    const before = anchors[index - 1];
    if (before === undefined || at - before !== placeOf(at) - placeOf(before)) continue;
    for (let inside = before + 1; inside < at; inside += 1) found[inside] = kept[placeOf(before) + inside - before];
  }
  return found;
}
