import { utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type KeptCode, readKept, writeKept } from '../../../src/cli/start/keptCode.js';
import { type Loader, loaderOf } from '../../../src/cli/start/loader.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const node = createRequire(import.meta.url);

/** What the files tell. */
const told: string[] = [];
const builtin: NodeJS.Require = Object.assign((id: string) => (id === 'told' ? told : node(id)), node);

/** Files of a pack, by their code. */
const pack = (files: { readonly [name: string]: string }): string =>
  `({${Object.entries(files)
    .map(([name, code]) => `${JSON.stringify(name)}:function(require,module,__dirname){${code}}`)
    .join(',')}})`;

const loader = (folder: string, kept: KeptCode = new Map()): Loader =>
  loaderOf(folder, ['common.js', 'others.js'], builtin, kept);

const propertyOf = (loaded: object, name: string): unknown => Reflect.get(loaded, name, loaded);

describe('the loader of the command line', () => {
  const folder = fill(temporaryFolder(), {
    'common.js': pack({
      'a.js': `require('told').push('a');const b = require('./b.js'), c = require('./c.js');
        module.exports = { own: 1, ofB: () => b.value, ofC: () => c.value, place: __dirname };`,
      'b.js': `require('told').push('b');module.exports = { value: 'b', other: 'o' };`,
    }),
    'others.js': pack({ 'c.js': `require('told').push('c');module.exports = { value: 'c' };` }),
  });

  it('runs a file once, and when something of it is used', () => {
    told.length = 0;
    const a = loader(folder).load('a.js');
    expect(told).toStrictEqual([]);
    expect([propertyOf(a, 'own'), propertyOf(a, 'place'), propertyOf(a, 'none')]).toStrictEqual([1, folder, undefined]);
    expect(told).toStrictEqual(['a']);
    const [ofB, ofC] = [propertyOf(a, 'ofB'), propertyOf(a, 'ofC')];
    if (typeof ofB !== 'function' || typeof ofC !== 'function') throw new Error('no functions');
    expect([ofB(), ofB(), told]).toStrictEqual(['b', 'b', ['a', 'b']]);
    expect([ofC(), ofC(), told]).toStrictEqual(['c', 'c', ['a', 'b', 'c']]);
  });

  it('gives parts of Node, whole and one by one', () => {
    const place = fill(temporaryFolder(), {
      'common.js': pack({
        'a.js': `const crypto = require('node:crypto'), zlib = require('node:zlib'), path = require('node:path');
          module.exports = { one: crypto.createHash, isWhole: zlib.__esModule, all: Object.keys(zlib).length > 20, path };`,
      }),
    });
    const a = loader(place).load('a.js');
    expect(propertyOf(a, 'one')).toBe(builtin('node:crypto').createHash);
    expect([propertyOf(a, 'isWhole'), propertyOf(a, 'all')]).toStrictEqual([undefined, true]);
    expect(propertyOf(a, 'path')).toBe(builtin('node:path'));
  });

  it('has more to keep where a file runs that did not run before', () => {
    const runs = (kept: KeptCode, ...names: string[]): KeptCode | undefined => {
      const one = loader(folder, kept);
      for (const name of names) propertyOf(one.load(name), 'value');
      return one.compiled();
    };
    const ofB = runs(new Map(), 'b.js') ?? new Map();
    expect(ofB.get('run')?.toString()).toBe('b.js');
    expect(runs(ofB, 'b.js')).toBeUndefined();
    const ofBoth = runs(ofB, 'c.js') ?? new Map();
    expect(ofBoth.get('run')?.toString().split('\n').sort()).toStrictEqual(['b.js', 'c.js']);
    expect([runs(ofBoth, 'c.js'), runs(ofBoth, 'c.js', 'b.js')]).toStrictEqual([undefined, undefined]);
  });

  it('throws where a file is missing', () => {
    expect(() => propertyOf(loader(folder).load('z.js'), 'x')).toThrow('z.js');
    expect(() => propertyOf(loader(join(folder, 'none')).load('a.js'), 'own')).toThrow();
  });

  it('takes what was compiled before of the same file of the same time, and has more to keep where there was none', () => {
    const kept = temporaryFolder();
    const first = loader(folder);
    propertyOf(first.load('a.js'), 'own');
    const compiled = first.compiled();
    if (compiled === undefined) throw new Error('nothing was compiled');
    writeKept(kept, 'x', compiled);
    const again = (): KeptCode | undefined => {
      const second = loader(folder, readKept(kept, 'x'));
      expect(propertyOf(second.load('a.js'), 'own')).toBe(1);
      return second.compiled();
    };
    expect(again()).toBeUndefined();
    utimesSync(join(folder, 'common.js'), 1, 1);
    expect([...(again()?.keys() ?? [])]).toStrictEqual([expect.stringMatching(/^common\.js /), 'run']);
  });
});
