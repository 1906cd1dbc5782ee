// Runs every check of the engines, one after the other, each to its end: npm run test:engines [NAME …]
// A name is one of PARTS below, or a part of the name of an engine that compare.ts asks. It ends with 1 where one fails,
// and with 77 where every one is skipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SKIPPED } from './skipped.mjs';

const typescript = (file) => ['scripts/run.mjs', `scripts/engines/${file}`];

const PARTS = {
  engines: typescript('compare.ts'),
  typescript: typescript('types.ts'),
  graaljs: typescript('graaljsExample.ts'),
  mirth: typescript('mirth.ts'),
  'node-red': ['scripts/engines/nodeRed.mjs'],
  spark: ['scripts/engines/spark.mjs'],
};

/** Whatever hangs is ended then, so that a check of a change says what hung: far more than a slow machine needs. */
const MINUTES = 20;
const MINUTES_FOR_ALL = 45;
let until = Date.now() + MINUTES_FOR_ALL * 60_000;

/** Where a part writes what it skips, and why. */
const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-engines-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const reasons = join(folder, 'skipped');

/** What became of it: `ok`, what was skipped, or why it failed. */
async function run(args) {
  const limit = Math.min(MINUTES * 60_000, until - Date.now());
  if (limit <= 0) return { failed: true, text: 'not run, for want of time' };
  writeFileSync(reasons, '');
  // A group of its own, so that what it has started ends with it.
  const own = process.platform !== 'win32';
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    detached: own,
    env: { ...process.env, CLINIK_FHIR_SKIPPED: reasons },
  });
  const end = () => {
    if (own) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  };
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    end();
  }, limit);
  const stop = () => {
    until = 0;
    end();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (hung) return { failed: true, text: `ended after ${(limit / 60_000).toFixed(0)} minutes` };
  if (code === 0) return { text: 'ok' };
  if (code !== SKIPPED) return { failed: true, text: 'failed' };
  return { skipped: true, text: `skipped: ${readFileSync(reasons, 'utf8').trim().split('\n').join('; ')}` };
}

const names = process.argv.slice(2).map((name) => name.toLowerCase());
// GraalJS is an engine as well as an example.
const engines = names.filter((name) => name === 'graaljs' || !Object.hasOwn(PARTS, name));
const wanted = Object.keys(PARTS).filter(
  (part) => names.length === 0 || names.includes(part) || (part === 'engines' && engines.length > 0),
);
const said = [];
let skips = 0;
for (const part of wanted) {
  const start = Date.now();
  const { failed, skipped, text } = await run([
    ...PARTS[part],
    ...(part === 'engines' && !names.includes('engines') ? engines : []),
  ]);
  if (failed) process.exitCode = 1;
  if (skipped) skips += 1;
  said.push(`${part}: ${text}, ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
if (skips === said.length) process.exitCode ??= SKIPPED;
console.log(said.join('\n'));
