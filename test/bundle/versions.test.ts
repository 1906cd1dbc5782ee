import { describe, expect, it } from '@jest/globals';
import { type Age, fatesOf } from '../../src/bundle/versions.js';

const age = (content: string, history?: Age['history'], seconds?: number): Age => ({
  seconds,
  nanoseconds: 0,
  history,
  content,
});

describe('the versions of a record', () => {
  it('are in the order of their history, the newest first', () => {
    const versions = [age('a', { bundle: 'x', index: 2 }), age('b', { bundle: 'x', index: 1 })];
    expect(fatesOf(versions)).toStrictEqual(['older', 'newest']);
  });

  it('of two histories, or of one and no history, do not tell which is the newest', () => {
    const first = age('a', { bundle: 'x', index: 2 });
    for (const other of [age('b', { bundle: 'y', index: 1 }), age('b')])
      expect([fatesOf([first, other]), fatesOf([other, first])]).toStrictEqual([
        ['unclear', 'unclear'],
        ['unclear', 'unclear'],
      ]);
  });

  it('are in the order of their times, whatever the histories say', () => {
    const versions = [age('a', { bundle: 'x', index: 0 }, 1), age('b', { bundle: 'x', index: 1 }, 2)];
    expect(fatesOf(versions)).toStrictEqual(['older', 'newest']);
  });
});
