// What makes the core ES5, as Rhino 1.7.13 wants it: Babel's syntax, core-js's methods, and a few names.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { transformAsync } from '@babel/core';
import { transformSync } from 'esbuild';
import { packedTable, textWithNames } from './entities.mjs';

const require = createRequire(import.meta.url);

/** Methods that Rhino 1.7.13 lacks or has wrong; core-js leaves alone those that are right. */
export const POLYFILLS = [
  ...['entries', 'values', 'from-entries', 'has-own', 'get-own-property-descriptors'].map((name) => `object.${name}`),
  ...['flat', 'flat-map', 'at', 'from', 'sort', 'fill'].map((name) => `array.${name}`),
  ...['at-alternative', 'replace-all', 'match-all'].map((name) => `string.${name}`),
  ...['fill', 'set', 'slice', 'for-each'].map((name) => `typed-array.${name}`),
  'date.to-iso-string',
].map((name) => `core-js/modules/es.${name}`);

/** Before them: what is wrong in a way that core-js does not look for is taken away, so that it puts its own in the place. */
export const REPAIRS = `
  if (Array.from && Array.from({ length: 1 }, function () { return 1; })[0] !== 1) Array.from = undefined;
`;

/**
 * Names that Rhino 1.7.13 does not have, for code that asks what they are; they stand in the function of the core, and are no globals.
 * Nothing of it runs in earnest but BigInt, which stands for whole numbers in rules of one's own.
 */
export const PRELUDE = `
  var global = this, regeneratorRuntime;
  var BigInt = global.BigInt || function (value) { return Number(value); };
  var Promise = global.Promise || function () {};
  var console = global.console || { log: function () {} };
  var atob = global.atob || function () { throw new Error('There is no atob here.'); };
  var btoa = global.btoa || function () { throw new Error('There is no btoa here.'); };
`;

/** Where fhirpath makes expressions of the patterns that rules have. */
const OF_PATTERNS = join('node_modules', 'fhirpath', 'src', 'strings.js');
const REG_EXP_OF = JSON.stringify(resolve('scripts', 'engineFiles', 'regExpOf.mjs'));

/** What tells for Babel whether a class extends one of the engine's own, by a text that Rhino has in another way. */
const IS_NATIVE = 'isNativeFunction.js';

/** The text of a file; of two, without what Rhino does not have. */
function sourceOf(path) {
  const text = textWithNames(path, packedTable) ?? readFileSync(path, 'utf8');
  if (path.endsWith(IS_NATIVE)) {
    if (!text.includes('"[native code]"')) throw new Error('Babel tells native functions in another way than it did.');
    return text.replace('"[native code]"', '"[native code"');
  }
  if (!path.endsWith(OF_PATTERNS)) return text;
  const parts = text.split(/new RegExp\((?=regex, |fullRegex, )/);
  if (parts.length !== 4 || !text.includes('const dotAllIsSupported = '))
    throw new Error('fhirpath makes expressions in other places than it did: see regExpOf.');
  const made = parts.join('regExpOf(').replace(/const dotAllIsSupported = .*/, 'const dotAllIsSupported = true;');
  return `const { regExpOf } = require(${REG_EXP_OF});${made}`;
}

/** Each file as ES5 before it is bundled: the time that Babel takes grows with the square of what stands in one scope. */
export const es5 = {
  name: 'ES5',
  setup(setup) {
    setup.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const source = sourceOf(path);
      const code = path.endsWith('.ts') ? transformSync(source, { loader: 'ts', target: 'es2022' }).code : source;
      return { contents: await lowered(code), resolveDir: dirname(path) };
    });
  },
};

/** What was made before, since Babel takes longer than all the rest of a build. */
const MADE = join('build', 'es5');
const { version } = require('@babel/core/package.json');

async function lowered(code) {
  const file = join(MADE, `${createHash('sha256').update(version).update(code).digest('hex')}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const made = await transformAsync(code, {
    configFile: false,
    babelrc: false,
    compact: false,
    sourceType: 'unambiguous',
    presets: [[require.resolve('@babel/preset-env'), { targets: { ie: '11' }, modules: false }]],
    plugins: [require.resolve('@babel/plugin-transform-runtime')],
  });
  mkdirSync(MADE, { recursive: true });
  // A build beside this one could read a file that is not there as a whole yet.
  writeFileSync(`${file}.${process.pid}`, made.code);
  renameSync(`${file}.${process.pid}`, file);
  return made.code;
}
