import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, normalize, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { isObject } from '../src/lens/json.js';
import { fill, temporaryFolder } from './support/folder.js';

const ARROW = 'lint/style/noRestrictedImports';
const CIRCLE = 'lint/suspicious/noImportCycles';
const GLOBAL = 'lint/style/noRestrictedGlobals';
const LENGTH = 'lint/style/noExcessiveLinesPerFile';
/** A plugin: scripts/lint/imports.grit, scripts/lint/expressions.grit. */
const SPELLING = 'plugin';

const imports = (name: string): string => `export { a } from '${name}';\n`;
const says = (code: string): string => `export const a = ${code};\n`;

const linesOf = (count: number): string => `${'// more\n'.repeat(count - 1)}${says('1')}`;

/** What lint refuses: in a file, its text, by a rule. */
const REFUSED: readonly (readonly [what: string, file: string, text: string, rule: string])[] = [
  ['an import from convert to check', 'convert/record.ts', imports('../check/finding.js'), ARROW],
  ['one from a folder in convert', 'convert/layout/body.ts', imports('../../check/finding.js'), ARROW],
  ['one from check to convert', 'check/summary.ts', imports('../convert/summary.js'), ARROW],
  ['one from a room to a command', 'read/lines.ts', imports('../cli/main.js'), ARROW],
  ['one from report to check', 'report/table.ts', imports('../check/finding.js'), ARROW],
  ['an import from fhir to resources', 'fhir/scope.ts', imports('../resources/lens.js'), ARROW],
  ['one from a folder in fhir', 'fhir/datatypes/period.ts', imports('../../resources/lens.js'), ARROW],
  ['one from lens to fhir', 'lens/codec.ts', imports('../fhir/scope.js'), ARROW],
  ['one of a type', 'fhir/type.ts', "export type { A } from '../resources/lens.js';\n", ARROW],
  ['one on demand', 'fhir/demand.ts', says("await import('../resources/lens.js')"), ARROW],
  ['one of a whole module', 'fhir/whole.ts', "export * from '../resources/lens.js';\n", ARROW],
  ['one for its effect', 'fhir/effect.ts', "import '../resources/lens.js';\n", ARROW],
  ['one of the entry', 'resources/encounters/entry.ts', imports('../../index.js'), ARROW],
  ['an entry as a file of the own room', 'validate/entry.ts', imports('../fhirpath.js'), ARROW],
  ['a Node room in the entry', 'index.ts', imports('./read/lines.js'), ARROW],
  ['any import in a room that nobody spoke of', 'unspoken/file.ts', imports('../fhir/scope.js'), ARROW],
  ['a module of Node in lens', 'lens/file.ts', imports('node:fs'), ARROW],
  ['one without its prefix in response', 'response/file.ts', imports('fs'), ARROW],
  ['a package in the core', 'bundle/package.ts', imports('csv-parse'), ARROW],
  ['FHIRPath outside of validate', 'fhir/path.ts', imports('#fhirpath'), ARROW],
  ['a way around', 'fhir/around.ts', imports('./../resources/lens.js'), SPELLING],
  ['a way back out of a folder', 'fhir/back.ts', imports('./datatypes/../../resources/lens.js'), SPELLING],
  ['a way around on demand', 'fhir/computed.ts', says("await import('./../resources/lens.js')"), SPELLING],
  ['a name that is made', 'fhir/made.ts', says('await import(`../resources/lens.js`)'), SPELLING],
  ['a type in place', 'fhir/place.ts', "export type A = import('../resources/lens.js').A;\n", SPELLING],
  ['a circle', 'read/first.ts', "export { b } from './second.js';\nexport const a = 1;\n", CIRCLE],
  ['and its other end', 'read/second.ts', "export { a } from './first.js';\nexport const b = 1;\n", CIRCLE],
  ['a circle of types', 'lens/one.ts', "export type { B } from './other.js';\nexport type A = 1;\n", CIRCLE],
  ['and its other end', 'lens/other.ts', "export type { A } from './one.js';\nexport type B = 1;\n", CIRCLE],
  ['the clock', 'fhir/now.ts', says('Date.now()'), GLOBAL],
  ['a date of now', 'fhir/today.ts', says('new Date()'), GLOBAL],
  ['eval', 'validate/eval.ts', says("eval('1')"), GLOBAL],
  ['a function from text', 'validate/function.ts', says("new Function('return 1')"), GLOBAL],
  ['the process', 'bundle/process.ts', says('process.env'), GLOBAL],
  ['a Buffer', 'resources/buffer.ts', says("Buffer.from('')"), GLOBAL],
  ['require', 'response/require.ts', says("require('node:fs')"), GLOBAL],
  ['a global by way of all', 'lens/all.ts', says("globalThis['process']"), GLOBAL],
  ['what engines without it fail on', 'fhir/all.ts', says('Reflect.ownKeys({})'), GLOBAL],
  ['a lookbehind', 'validate/narrative/behind.ts', says('/(?<!a)b/'), SPELLING],
  ['one that looks for something', 'fhir/behind.ts', says('/(?<=a)b/u'), SPELLING],
  ['one in a text', 'resources/behind.ts', says("new RegExp('(?<=a)b')"), SPELLING],
  ['one in a text with other parts', 'bundle/behind.ts', says('new RegExp(`a$' + '{1}(?<!a)b`)'), SPELLING],
  [
    'an expression of code points that is put together',
    'response/points.ts',
    says("new RegExp('a'.concat('b'), 'gu')"),
    SPELLING,
  ],
  ['one with a flag that is', 'lens/flags.ts', says("RegExp('a', ['u'].join())"), SPELLING],
  ['one that begins where it is told', 'fhir/sticky.ts', says('/a/gy'), SPELLING],
  ['half of a pair by its property', 'fhir/half.ts', says('/\\p{Surrogate}/gu'), SPELLING],
  ['and by its short name', 'fhir/short.ts', says('/[a\\p{Cs}]/u'), SPELLING],
  ['a file of 301 lines', 'cli/long.ts', linesOf(301), LENGTH],
];

const ALLOWED: readonly (readonly [what: string, file: string, text: string])[] = [
  ['an import from convert to read', 'convert/layout/good.ts', imports('../../read/source.js')],
  ['one of another folder of the room', 'convert/layout/near.ts', imports('../waves/order.js')],
  ['one of the room itself', 'convert/layout/own.ts', imports('../summary.js')],
  ['one from report to read', 'report/good.ts', imports('../read/source.js')],
  ['Node above the core', 'read/good.ts', `${imports('node:fs')}export const b = new Date();\n`],
  ['FHIRPath in validate', 'validate/fhirpath/good.ts', imports('#fhirpath')],
  ['types of FHIR', 'fhir/datatypes/good.ts', "export type { Period } from 'fhir/r4.js';\n"],
  ['anything in the entry for Node', 'node.ts', imports('./convert/convert.js')],
  ['a property named as a global', 'lens/good.ts', says('{ process: 1, Date: 2 }.Date')],
  ['a lookahead, and code points in a literal', 'fhir/ahead.ts', says('/(?=a)(?!b)\\p{L}/gu')],
  ['an expression that is put together', 'validate/made.ts', says("new RegExp('a'.concat('b'), 'gi')")],
  ['a lookbehind above the core', 'cli/behind.ts', says('/(?<!a)b/')],
  ['a file of 300 lines', 'cli/short.ts', linesOf(300)],
];

/** What lint says: the rule and the file below src, of a project with the configuration of this one. */
function lint(): readonly string[] {
  const folder = temporaryFolder();
  cpSync('biome.json', join(folder, 'biome.json'));
  cpSync(join('scripts', 'lint'), join(folder, 'scripts', 'lint'), { recursive: true });
  fill(join(folder, 'src'), Object.fromEntries([...REFUSED, ...ALLOWED].map(([, file, text]) => [file, text])));
  const biome = resolve('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return partsOf(partOf(JSON.parse(stdout), 'diagnostics')).map((diagnostic) => {
    const path = String(partOf(partOf(diagnostic, 'location'), 'path'));
    return `${partOf(diagnostic, 'category')} ${relative('src', normalize(path))}`;
  });
}

function partOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function partsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

describe('lint', () => {
  let said: readonly string[] = [];
  beforeAll(() => {
    said = lint();
  });

  it.each(REFUSED)('refuses %s: %s', (_, file, __, rule) => {
    expect(said).toContain(`${rule} ${normalize(file)}`);
  });

  it.each(ALLOWED)('allows %s: %s', (_, file) => {
    expect(said.filter((one) => one.endsWith(` ${normalize(file)}`))).toStrictEqual([]);
  });
});
