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
