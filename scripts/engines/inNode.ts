import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type Answered, type Asked, FOLDER, linesOf } from './engine.js';

const ANSWERS = join('scripts', 'engines', 'answers.js');

/** A program that answers the questions of a file with the library that `imports` gives. */
export const program = (imports: string): string => `
  import { readFileSync, writeFileSync } from 'node:fs';
  import process from 'node:process';
  const start = process.cpuUsage();
  ${imports}
  const ms = (since) => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
  const load = ms(start);
  ${readFileSync(ANSWERS, 'utf8')}
  const [questions, answers, times] = process.argv.slice(2);
  const lines = readFileSync(questions, 'utf8').trimEnd().split('\\n');
  writeFileSync(answers, lines.map((line) => answerTo(library, line) + '\\n').join(''));
  const records = lines.slice(-2).map((line) => {
    for (let count = 0; count < times; count += 1) answerTo(library, line);
    const warm = process.cpuUsage();
    for (let count = 0; count < times; count += 1) answerTo(library, line);
    return ms(warm) / times;
  });
  console.log(JSON.stringify({ load, records }));`;

function run(file: string, name: string, { questions, times }: Asked): Answered {
  const answers = resolve(FOLDER, `${name}.answers`);
  const told = execFileSync(process.execPath, [file, resolve(questions), answers, String(times)], { encoding: 'utf8' });
  const { load, records } = JSON.parse(told);
  return { answers: linesOf(answers), load, records };
}

/** The package in Node as it is: what all others are compared with. */
export function inNode(asked: Asked): Answered {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, 'node.mjs');
  writeFileSync(file, program("const library = await import('clinik-fhir');"));
  return run(file, 'node', asked);
}

/** The package as a part of one CommonJS file in a folder of its own, as a Lambda has it. */
export function inLambda(asked: Asked): Answered {
  const alone = mkdtempSync(join(tmpdir(), 'clinik-fhir-'));
  try {
    const imports =
      "const library = require('clinik-fhir'); require('clinik-fhir/fhirpath'); require('clinik-fhir/tables');";
    const outfile = join(alone, 'index.cjs');
    const stdin = { contents: program(imports), resolveDir: process.cwd() };
    buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' });
    return run(outfile, 'lambda', asked);
  } finally {
    rmSync(alone, { recursive: true });
  }
}
