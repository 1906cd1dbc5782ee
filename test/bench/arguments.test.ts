import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { askedOf, named } from '../../bench/arguments.js';

const NAMES = ['library', 'run'];

describe('the arguments of the benchmarks', () => {
  it.each([
    [[], { parts: NAMES, long: false, write: false }],
    [['run'], { parts: ['run'], long: false, write: false }],
    [['run', 'library', '--long'], { parts: NAMES, long: true, write: false }],
    [['--write'], { parts: NAMES, long: false, write: true }],
  ])('ask, with %j, for %j', (args, asked) => {
    expect(askedOf(args, NAMES)).toStrictEqual(asked);
  });

  it.each([[['linear']], [['--wirte']]])('are refused where one is not known: %j', (args) => {
    expect(() => askedOf(args, NAMES)).toThrow('library, run');
  });
});

describe('the name of one of some things', () => {
  it('is one of theirs', () => {
    expect(named('b', { a: 1, b: 2 })).toBe(2);
  });

  it.each(['c', 'toString', '__proto__', ''])('is refused where it is not, with their names: %j', (name) => {
    expect(() => named(name, { a: 1, b: 2 })).toThrow('there are a, b');
  });
});

describe('a wrong argument', () => {
  it.each([
    ['bench', 'wrong', 'wrong: there are the parts library, '],
    ['profile', 'toString', 'toString: there are convert, '],
  ])('ends %s with 2 and one line: %s', (program, arg, message) => {
    const args = [join('scripts', 'run.mjs'), join('bench', `${program}.ts`), arg];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toStrictEqual({
      status: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(message);
  });
});
