import { describe, expect, it } from '@jest/globals';
import { busiest, type CpuProfile, flameTree } from '../../bench/flameTree.js';

const node = (id: number, functionName: string, children: number[] = [], url = 'file:///x/src/a.ts') => ({
  id,
  callFrame: { functionName, url, lineNumber: 4 },
  children,
});
const PROFILE: CpuProfile = {
  nodes: [
    node(1, '(root)', [2, 5, 6], ''),
    node(2, 'outer', [3, 4]),
    node(3, 'inner'),
    node(4, 'never'),
    node(5, '(idle)', [], ''),
    node(6, 'post', [7], 'node:inspector'),
    node(7, 'dispatch', [], ''),
  ],
  samples: [2, 3, 3, 5, 7],
  timeDeltas: [1000, 2000, 3000, 9000, 9000],
};
const tree = flameTree(PROFILE, (url, line) => `${url.slice(-4)}:${line + 1}`);

describe('a profile as a tree of frames', () => {
  it('has the milliseconds of each with all that it called, and neither waiting nor the profiler', () => {
    const inner = { name: 'inner a.ts:5', value: 5, children: [] };
    expect(tree).toStrictEqual({
      name: 'all',
      value: 6,
      children: [{ name: 'outer a.ts:5', value: 6, children: [inner] }],
    });
  });

  it('tells which took most themselves', () => {
    expect(busiest(tree, 2)).toStrictEqual([' 83.3%  inner a.ts:5', ' 16.7%  outer a.ts:5']);
  });

  it('is empty where nothing was seen', () => {
    expect(flameTree({ nodes: [] }, () => '')).toStrictEqual({ name: 'all', value: 0, children: [] });
  });
});
