import { describe, expect, it } from '@jest/globals';
import { askedOf } from '../../bench/arguments.js';

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
