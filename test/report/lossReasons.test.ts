import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LOSS_REASONS } from '../../src/report/lossReasons.js';

describe('the reasons of losses', () => {
  it('are those of docs/losses.md', () => {
    const rows = readFileSync(join('docs', 'losses.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm);
    expect([...rows].map(([, reason]) => reason)).toStrictEqual(Object.keys(LOSS_REASONS));
  });
});
