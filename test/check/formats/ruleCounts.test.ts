import { describe, expect, it } from '@jest/globals';
import { ruleCounts } from '../../../src/check/formats/ruleCounts.js';
import { finding } from './samples.js';

describe('the counts of rules', () => {
  it('are of findings, of records and of files, without what is known or ignored', () => {
    const counts = ruleCounts();
    for (const [file, line, entry] of [
      ['a', 1, undefined],
      ['a', 1, undefined],
      ['a', 2, undefined],
      ['b', 2, '0'],
      ['b', 2, '1'],
    ] as const)
      counts.add(finding({ source: { file, line, ...(entry === undefined ? {} : { entry }) } }));
    counts.add(finding({ state: 'known' }));
    counts.add(finding({ state: 'ignored' }));
    expect(counts.rows()).toStrictEqual([{ rule: 'per-1', severity: 'error', findings: 5, records: 4, files: 2 }]);
  });

  it('begin with the worst severity, and in it with the most frequent rule', () => {
    const counts = ruleCounts();
    const add = (rule: string, severity: 'fatal' | 'error' | 'warning' | 'information', times: number) => {
      for (let index = 0; index < times; index += 1) counts.add(finding({ rule, severity }));
    };
    add('i', 'information', 9);
    add('w', 'warning', 5);
    add('b', 'error', 2);
    add('a', 'error', 2);
    add('c', 'error', 3);
    add('f', 'fatal', 1);
    add('a', 'warning', 1);
    expect(counts.rows().map(({ rule, severity }) => `${severity} ${rule}`)).toStrictEqual([
      'fatal f',
      'error c',
      'error a',
      'error b',
      'warning w',
      'warning a',
      'information i',
    ]);
  });
});
