import { expect, it } from '@jest/globals';
import { byNewest } from '../../src/profiles/byNewest.js';

it('puts the newest first, by numbers and not by digits', () => {
  const versions = ['1.9.0', '1.10.0', undefined, '2.0.0-ballot', '2.0.0', '2.0.0-ballot2', '1.9', '10.0.0'];
  expect(versions.sort(byNewest)).toStrictEqual([
    '10.0.0',
    '2.0.0',
    '2.0.0-ballot2',
    '2.0.0-ballot',
    '1.10.0',
    '1.9.0',
    '1.9',
    undefined,
  ]);
});
