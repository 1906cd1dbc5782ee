import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { InstrumentedSource } from './mutants.js';

const SANDBOX = join('build', 'mutate');

/** What a copy does without. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'build', 'out', '.git']);

/** A copy of the repository with these sources in the place of its own; its folder. */
export function makeSandbox(sources: readonly InstrumentedSource[]): string {
  rmSync(SANDBOX, { recursive: true, force: true });
  mkdirSync(SANDBOX, { recursive: true });
  for (const name of readdirSync('.'))
    if (!LEFT_OUT.has(name)) cpSync(name, join(SANDBOX, name), { recursive: true, dereference: false });
  symlinkSync(resolve('node_modules'), join(SANDBOX, 'node_modules'), 'junction');
  for (const { file, content } of sources) writeFileSync(join(SANDBOX, file), content);
  return SANDBOX;
}
