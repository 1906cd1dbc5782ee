import { describe, expect, it } from '@jest/globals';
import { currentId, formerId, formerIdsIn, RENAMED } from '../../src/report/renamedIds.js';

describe('an id that was renamed', () => {
  it.each([...RENAMED])('is told from its new name, and leads to it: %s', (former, id) => {
    expect([currentId(former), formerId(id)]).toStrictEqual([id, former]);
    expect([currentId(id), formerId(former)]).toStrictEqual([id, former]);
    expect(RENAMED.has(id)).toBe(false);
  });

  it('is meant by its old name, and by a beginning that only the old name has', () => {
    expect(formerIdsIn(['text-not-holdable', 'issues-c*', 'per-1'])).toStrictEqual(['text-not-holdable', 'issues-cut']);
    expect(formerIdsIn(['text-*', 'issues-truncated', '*'])).toStrictEqual([]);
  });
});
