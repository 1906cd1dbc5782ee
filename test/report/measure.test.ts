import { describe, expect, it } from '@jest/globals';
import { duration, size } from '../../src/report/measure.js';

describe('measures in words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_960, '10 kB'],
    [999_400, '999 kB'],
    [999_600, '1.0 MB'],
    [241_234_567, '241 MB'],
    [3_200_000_000, '3.2 GB'],
    [5_000_000_000_000_000, '5000 TB'],
  ])('%i bytes are %s', (bytes, says) => expect(size(bytes)).toBe(says));

  it.each([
    [0, '0.0 s'],
    [449, '0.4 s'],
    [19_320, '19.3 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [133_000, '2 min 13 s'],
    [3_720_000, '1 h 2 min'],
  ])('%i milliseconds are %s', (milliseconds, says) => expect(duration(milliseconds)).toBe(says));
});
