import { describe, expect, it } from '@jest/globals';
import { slowTurn, turnsIn, turnsMemory } from '../../src/read/threads/turns.js';

describe('a watched thread', () => {
  it('is slow once it is at one step for longer than the limit', () => {
    const memory = turnsMemory();
    const turns = turnsIn(memory);
    let now = 0;
    const slow = slowTurn(memory, 1000, () => now);
    const at = (time: number) => {
      now = time;
      return slow();
    };
    expect(at(5000)).toBeUndefined();
    turns.begin(3, 17, -1);
    expect([at(6000), at(7000)]).toStrictEqual([undefined, undefined]);
    expect(at(7001)).toStrictEqual({ step: 3, line: 17, entry: -1 });
    turns.end();
    expect(at(9000)).toBeUndefined();
    turns.begin(3, 17, -1);
    expect(at(9500)).toBeUndefined();
    turns.end();
    turns.begin(4, 18, 2);
    expect([at(10_400), at(11_300)]).toStrictEqual([undefined, undefined]);
    expect(at(11_401)).toStrictEqual({ step: 4, line: 18, entry: 2 });
  });
});
