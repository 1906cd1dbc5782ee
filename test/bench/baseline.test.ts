import { describe, expect, it } from '@jest/globals';
import { better, change, regressed, withParts } from '../../bench/baseline.js';
import type { Measured } from '../../bench/row.js';

const row = (id: string, value: number): Measured => ({ id, name: id, unit: '× JSON', value });
const notRun = (id: string): Measured => ({ id, name: id, notRun: 'there is none' });

describe('a figure beside that of the last release', () => {
  it.each([
    ['as it was', 2, 2, 0],
    ['a tenth more', 2.2, 2, 0.1],
    ['half', 1, 2, -0.5],
  ])('has changed by a share of it: %s', (_, now, then, share) => {
    expect(change(row('a', now), [row('a', then)])).toBeCloseTo(share, 10);
  });

  it.each([
    ['the release has none', row('a', 1), [row('b', 1)]],
    ['the release could not measure it', row('a', 1), [notRun('a')]],
    ['it could not be measured now', notRun('a'), [row('a', 1)]],
    ['nothing is a part of nothing', row('a', 1), [row('a', 0)]],
  ])('has not changed where %s', (_, now, before) => {
    expect(change(now, before)).toBeUndefined();
  });

  it('is worse from more than the allowed share on, and never for being less', () => {
    const before = ['a', 'b', 'c', 'd'].map((id) => row(id, 100));
    const now = [row('a', 109), row('b', 111), row('c', 50), row('e', 1000), notRun('d')];
    expect(regressed(now, before).map(({ id }) => id)).toStrictEqual(['b']);
  });

  it.each([
    [124, []],
    [126, ['a']],
  ])('may be a quarter more where it is memory: %d of 100', (value, worse) => {
    const memory = (of: number): Measured => ({ id: 'a', name: 'a', unit: 'MiB', value: of });
    expect(regressed([memory(value)], [memory(100)]).map(({ id }) => id)).toStrictEqual(worse);
  });

  it('is nobody’s fault here where others made it', () => {
    const theirs: Measured = { id: 'a', name: 'a', unit: '× JSON', value: 9, ofOthers: true };
    expect(regressed([theirs], [row('a', 1)])).toStrictEqual([]);
  });
});

describe('a part that was measured twice', () => {
  it('has the better figure of each row, and what could be measured the first time', () => {
    const first = [row('a', 3), row('b', 1), notRun('c'), row('d', 2)];
    const second = [row('a', 2), row('b', 5), row('c', 1)];
    expect(better(first, second)).toStrictEqual([row('a', 2), row('b', 1), notRun('c'), row('d', 2)]);
  });
});

describe('the figures of a release', () => {
  it('keep those of the parts that were not measured again, in the order of the parts', () => {
    const before = [row('x/1', 1), row('x/gone', 1), row('z/1', 1), row('unknown/1', 1)];
    const now = [row('y/1', 2), row('x/1', 2)];
    expect(withParts(before, now, ['x', 'y', 'z'])).toStrictEqual([row('x/1', 2), row('y/1', 2), row('z/1', 1)]);
  });
});
