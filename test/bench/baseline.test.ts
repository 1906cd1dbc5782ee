import { describe, expect, it } from '@jest/globals';
import { better, change, lost, measurable, refusal, regressed, staying, withParts } from '../../bench/baseline.js';
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
  it('keep what was not measured again, in the order of the parts', () => {
    const before = [row('x/1', 1), row('x/2', 1), row('z/1', 1), row('gone/1', 1)];
    const now = [row('y/1', 2), row('x/1', 2)];
    const kept = [row('x/1', 2), row('x/2', 1), row('y/1', 2), row('z/1', 1)];
    expect(withParts(before, now, ['x', 'y', 'z'])).toStrictEqual(kept);
  });

  it('are not taken away by what could not be measured', () => {
    const why: Measured = { id: 'x/2', name: 'x/2', notRun: 'another reason' };
    const now = [notRun('x/1'), why, notRun('x/new')];
    expect(withParts([row('x/1', 1), notRun('x/2')], now, ['x'])).toStrictEqual([row('x/1', 1), why]);
  });

  it('stay where nothing was measured in their place', () => {
    const before = [row('x/1', 1), row('x/2', 1), row('x/3', 1), notRun('x/4')];
    expect(staying(before, [row('x/1', 2), notRun('x/2')]).map(({ id }) => id)).toStrictEqual(['x/2', 'x/3']);
  });
});

describe('figures of one release', () => {
  const place = { version: '1.0.0', machine: '2 cores', node: '20.0.0' };
  const release = { ...place, rows: [] };
  const stay = staying([row('x/1', 1)], []);

  it.each([{ version: '1.0.1' }, { machine: '4 cores' }, { node: '22.0.0' }])('cannot be of two: %j', (other) => {
    expect(refusal(release, { ...place, ...other }, stay)).toContain('x/1');
    expect(refusal(release, { ...place, ...other }, [])).toBeUndefined();
  });

  it('can be measured in parts, and are the first', () => {
    expect(refusal(release, place, stay)).toBeUndefined();
    expect(refusal(undefined, place, stay)).toBeUndefined();
  });
});

describe('a figure of the release that is not there any more', () => {
  const before = [row('x/here/1', 1), row('x/here/2', 1), row('y/1', 1), notRun('x/here/3')];
  const lostOf = (now: readonly Measured[], here?: () => readonly string[]): string[] => {
    const expected = measurable(before, [here === undefined ? { name: 'x' } : { name: 'x', here }]);
    return lost(now, expected).map(({ row, why }) => `${row.id} ${why}`);
  };

  it('is told with why, for the parts that were asked for', () => {
    const told = ['x/here/1 there is none', 'x/here/2 it has no row now'];
    expect(lostOf([notRun('x/here/1')])).toStrictEqual(told);
    expect(lostOf([notRun('x/here/1')], () => ['here'])).toStrictEqual(told);
    expect(lostOf([row('x/here/1', 9), row('x/here/2', 9)])).toStrictEqual([]);
  });

  it('is no fault where nobody asked for it, where it is of a Node that is not here, or of others', () => {
    const unasked: Measured = { id: 'x/here/1', name: 'x', notRun: 'it takes --long', unasked: true };
    expect(lostOf([unasked, row('x/here/2', 1)])).toStrictEqual([]);
    expect(lostOf([], () => ['there'])).toStrictEqual([]);
    const theirs: Measured = { id: 'x/1', name: 'x', unit: 's', value: 1, ofOthers: true };
    expect(lost([notRun('x/1')], measurable([theirs], [{ name: 'x' }]))).toStrictEqual([]);
  });
});
