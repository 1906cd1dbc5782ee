import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type KeptCode, readKept, writeKept } from '../../../src/cli/start/keptCode.js';
import { fill, temporaryFolder } from '../../support/folder.js';
import { runs } from '../../support/runs.js';

const ONE: KeptCode = new Map([
  ['a', Buffer.from('code of a')],
  ['b 1', Buffer.from('b')],
]);

describe('compiled code that is kept', () => {
  it('is read as it was written', () => {
    const folder = temporaryFolder();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 40 }))), (pieces) => {
        const code: KeptCode = new Map(pieces.map(([key, bytes]) => [key, Buffer.from(bytes)]));
        writeKept(folder, 'x', code);
        expect(readKept(folder, 'x')).toStrictEqual(code);
      }),
      { numRuns: runs(50) },
    );
    expect(readdirSync(folder)).toStrictEqual(['x.code']);
  });

  it('begins each piece where V8 can read words', () => {
    const folder = temporaryFolder();
    writeKept(folder, 'x', ONE);
    const [first, second] = [...readKept(folder, 'x').values()];
    expect([(first?.byteOffset ?? 1) % 8, (second?.byteOffset ?? 1) % 8]).toStrictEqual([0, 0]);
  });

  it('is nothing where there is none, or a part of it', () => {
    const folder = temporaryFolder();
    expect(readKept(folder, 'x')).toStrictEqual(new Map());
    writeKept(folder, 'x', ONE);
    const whole = readFileSync(join(folder, 'x.code'));
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(join(folder, 'x.code'), whole.subarray(0, length));
      expect([length, readKept(folder, 'x')]).toStrictEqual([length, new Map()]);
    }
  });

  it('is nothing where a bit of it has changed', () => {
    const folder = temporaryFolder();
    writeKept(folder, 'x', ONE);
    const path = join(folder, 'x.code');
    const whole = readFileSync(path);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (whole[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(path, damaged);
      expect([bit, readKept(folder, 'x')]).toStrictEqual([bit, new Map()]);
    }
  });

  it('is nothing where a pipe has its name, and does not wait for it', () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'x.code')]);
    expect(readKept(folder, 'x')).toStrictEqual(new Map());
  });

  it('is the user’s alone', () => {
    const folder = temporaryFolder();
    writeKept(folder, 'x', ONE);
    expect(readKept(folder, 'x', 12345)).toStrictEqual(new Map());
    chmodSync(join(folder, 'x.code'), 0o620);
    expect(readKept(folder, 'x')).toStrictEqual(new Map());
  });

  it('is not kept, and says nothing, where a file cannot be made', () => {
    const folder = temporaryFolder();
    writeKept(join(folder, 'none'), 'x', ONE);
    mkdirSync(join(folder, 'x.code'));
    writeKept(folder, 'x', ONE);
    expect(readdirSync(folder)).toStrictEqual(['x.code']);
    expect(readKept(folder, 'x')).toStrictEqual(new Map());
  });

  it('makes room for what is new by what was made longest ago', () => {
    const folder = fill(temporaryFolder(), { 'unfinished.123': '', other: '' });
    utimesSync(join(folder, 'unfinished.123'), 1, 1);
    utimesSync(join(folder, 'other'), 1, 1);
    for (let number = 0; number < 40; number += 1) {
      writeKept(folder, `n${number}`, ONE);
      utimesSync(join(folder, `n${number}.code`), 1000 + number, 1000 + number);
    }
    const names = Array.from({ length: 30 }, (_, index) => `n${index + 10}.code`);
    expect(readdirSync(folder).sort()).toStrictEqual([...names, 'other']);
  });
});
