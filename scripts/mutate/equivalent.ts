import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantName } from './mutants.js';

/** A mutant that does what the source does, with the argument. */
export interface Equivalent extends MutantName {
  readonly why: string;
}

export function equivalents(): Equivalent[] {
  return JSON.parse(readFileSync(join('test', 'mutants', 'equivalent.json'), 'utf8'));
}

/** Why no test can see a mutant, if that was argued. */
export function reasonFor(mutant: MutantName, known: readonly Equivalent[]): string | undefined {
  return known.find(
    ({ file, line, from, to }) =>
      file === mutant.file && line === mutant.line && from === mutant.from && to === mutant.to,
  )?.why;
}
