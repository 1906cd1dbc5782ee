import { delimiter } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodesOf, versionOf } from '../../bench/nodes.js';

const VERSIONS: Readonly<Record<string, string>> = {
  own: 'v20.1.0\n',
  other: 'v22.0.1\n',
  same: 'v20.2.0\n',
  python: '3.12.0\n',
};
const nodes = (named?: string) => nodesOf('own', named, (file) => VERSIONS[file] ?? '');
const OWN = { file: 'own', major: '20' };

describe('the Nodes that are measured', () => {
  it.each([
    ['none', undefined],
    ['an empty text', ''],
    ['what ends with a separator', delimiter],
  ])('are the own one alone where NODES is %s', (_, named) => {
    expect(nodes(named)).toStrictEqual([OWN]);
  });

  it('have a row for what is none, and for a version that is measured already', () => {
    const row = (index: number, notRun: string) => ({
      id: `start-up/nodes/${index}`,
      name: `number ${index} of NODES`,
      notRun,
    });
    expect(nodes(['missing', 'other', 'same', 'python'].join(delimiter))).toStrictEqual([
      OWN,
      row(1, 'it is no Node that starts'),
      { file: 'other', major: '22' },
      row(3, 'Node 20 is measured already'),
      row(4, 'it is no Node that starts'),
    ]);
  });

  it('say their version, and a file that is not there says none', () => {
    expect(versionOf(process.execPath)).toContain(process.version);
    expect(versionOf('there is no such file')).toBe('');
  });
});
