import { describe, expect, it } from '@jest/globals';
import { EXAMPLES, groupsOf } from '../../../src/convert/report/groups.js';

const sources = Array.from({ length: 6 }, (_, index) => ({ file: 'Task.ndjson', line: index + 1 }));

describe('what is alike in a run', () => {
  it('is counted by things and by records, with its first places, the most frequent first', () => {
    const groups = groupsOf<string>();
    for (const source of sources) {
      groups.add('a', 'A', source);
      groups.add('b', 'B', source);
      groups.add('b', 'B', source);
    }
    expect(groups.all().map(({ what, count, records }) => [what, count, records])).toStrictEqual([
      ['B', 12, 6],
      ['A', 6, 6],
    ]);
    expect(groups.all()[0]?.first).toStrictEqual(sources.slice(0, EXAMPLES));
  });

  it('is told apart up to a limit, and what comes later is counted', () => {
    const groups = groupsOf<number>(2);
    for (const source of sources) for (const key of [1, 2, 3, 4]) groups.add(`${key}`, key, source);
    expect(groups.all().map(({ what }) => what)).toStrictEqual([1, 2]);
    expect(groups.left).toBe(12);
  });
});
