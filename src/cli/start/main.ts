#!/usr/bin/env node
import { arch, argv, env, execArgv, version } from 'node:process';
import { cacheFolder } from './cacheFolder.js';
import { COMMAND_NAMES } from './commandNames.js';
import { readKept, writeKept } from './keptCode.js';
import { loaderOf } from './loader.js';

/** The file of the program, which the build names by what is in it. */
declare const PROGRAM: string;
/** The files of functions that it and what it needs are in. */
declare const PACKS: readonly string[];

const folder = cacheFolder(env);
const name = [
  COMMAND_NAMES.find((command) => command === argv[2]) ?? 'help',
  PROGRAM.replace(/\.js$/, ''),
  version,
  arch,
  place(),
].join('-');
const loader = loaderOf(__dirname, PACKS, require, folder === undefined ? new Map() : readKept(folder, name));

/** Code is compiled otherwise where V8 has other flags, and a package that stands twice has other times. */
function place(): string {
  let hash = 0;
  for (const char of `${__dirname} ${execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`)
    hash = (hash * 31 + char.charCodeAt(0)) | 0;
  return (hash >>> 0).toString(16);
}

if (folder !== undefined)
  process.once('exit', (code) => {
    // What was called wrongly, or ended by a signal, has shown little of what it needs.
    const compiled = code <= 1 ? loader.compiled() : undefined;
    if (compiled !== undefined) writeKept(folder, name, compiled);
  });

const hasRun = (loaded: object): loaded is { run(): Promise<void> } =>
  'function' === typeof Reflect.get(loaded, 'run', loaded);

function start(): Promise<void> {
  const program = loader.load(PROGRAM);
  if (!hasRun(program)) throw new Error();
  return program.run();
}

try {
  void start();
} catch (error) {
  process.exitCode = 2;
  const why = error instanceof Error ? error.message : '';
  process.stderr.write(`clinik-fhir: the package is damaged; install it again. ${why}\n`);
}
