import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type File, Instrumenter } from '@stryker-mutator/instrumenter';

/** The rooms whose tests are tried: those that know what is right by R4 and by ClinikAPI. */
const ROOMS = ['lens', 'fhir', 'resources', 'validate', 'bundle', 'response'];

/** How a mutant is told in a report and in test/mutants/equivalent.json: by its text, which stays where lines move. */
export interface MutantName {
  readonly file: string;
  /** The line of the source where it begins, trimmed. */
  readonly line: string;
  /** The code that it replaces, and by what; both in one line. */
  readonly from: string;
  readonly to: string;
}

export interface Mutant extends MutantName {
  /** The same among all that are made of a source, whichever of them are made together. */
  readonly key: string;
  readonly range: Range;
  readonly lineNumber: number;
}

/** True for two of the same name: on the same line of text, the same code for the same. */
export function isSame(a: MutantName, b: MutantName): boolean {
  return a.file === b.file && a.line === b.line && a.from === b.from && a.to === b.to;
}

type Range = Exclude<File['mutate'], boolean>[number];

export interface InstrumentedSource {
  readonly file: string;
  readonly content: string;
  /** Under which id each mutant is switched on. */
  readonly ids: ReadonlyMap<string, string>;
}

const nothing = (): void => undefined;
const isOff = (): boolean => false;
const logger = {
  isTraceEnabled: isOff,
  isDebugEnabled: isOff,
  isInfoEnabled: isOff,
  isWarnEnabled: isOff,
  isErrorEnabled: isOff,
  isFatalEnabled: isOff,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };

/** The sources of the rooms, without those that are generated. */
export function sourceFiles(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
      .map((file) => join('src', room, file).replaceAll('\\', '/')),
  ).sort();
}

/** Every mutant of the sources. */
export async function allMutants(files: readonly string[]): Promise<Mutant[]> {
  const sources = files.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true }));
  const texts = new Map(sources.map(({ name, content }) => [name, content.split('\n')]));
  const { mutants } = await new Instrumenter(logger).instrument(sources, options);
  return mutants.map(({ fileName, location, mutatorName, replacement }) => {
    const lines = texts.get(fileName) ?? [];
    return {
      file: fileName,
      line: (lines[location.start.line] ?? '').trim(),
      from: inOneLine(cut(lines, location)),
      to: inOneLine(replacement),
      key: keyOf(fileName, location, mutatorName, replacement),
      range: location,
      lineNumber: location.start.line + 1,
    };
  });
}

/** `count` of them by a seed. A mutant that was chosen stays chosen while others come and go, but for those at the edge. */
export function sample(mutants: readonly Mutant[], count: number, seed: string): Mutant[] {
  const seen = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const name = [mutant.file, mutant.line, mutant.from, mutant.to].join('\n');
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { mutant, rank: createHash('sha1').update(`${seed}\n${name}\n${nth}`).digest('hex') };
  });
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/** The sources of mutants with all of these inside, each behind a switch. */
export async function instrument(mutants: readonly Mutant[]): Promise<InstrumentedSource[]> {
  const ranges = byFile(mutants);
  const sources = [...ranges].map(([name, mutate]) => ({ name, content: readFileSync(name, 'utf8'), mutate }));
  const made = await new Instrumenter(logger).instrument(sources, options);
  return made.files.map(({ name, content }) => {
    const own = made.mutants.filter(({ fileName }) => fileName === name);
    const ids = own.map(
      (one) => [keyOf(name, one.location, one.mutatorName, one.replacement), one.id] satisfies [string, string],
    );
    return { file: name, content, ids: new Map(ids) };
  });
}

function byFile(mutants: readonly Mutant[]): Map<string, Range[]> {
  const ranges = new Map<string, Range[]>();
  for (const { file, range } of mutants) ranges.set(file, [...(ranges.get(file) ?? []), range]);
  return ranges;
}

function keyOf(file: string, { start, end }: Range, mutator: string, replacement: string): string {
  return [file, start.line, start.column, end.line, end.column, mutator, replacement].join('\n');
}

function cut(lines: readonly string[], { start, end }: Range): string {
  const within = lines.slice(start.line, end.line + 1);
  const last = within.length - 1;
  return within
    .map((line, index) => line.slice(index === 0 ? start.column : 0, index === last ? end.column : undefined))
    .join('\n');
}

const LONG = 300;

function inOneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > LONG ? `${line.slice(0, LONG)}…` : line;
}
