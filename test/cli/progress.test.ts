import { describe, expect, it } from '@jest/globals';
import { barText, lines } from '../../src/cli/progress.js';
import { paint } from '../../src/cli/style.js';
import type { Progress } from '../../src/read/inputBatches.js';

const far: Progress = {
  file: 'a.ndjson',
  records: 1,
  allRecords: 1,
  bytesRead: 0,
  bytes: 900,
  filesRead: 0,
  files: 2,
  isEnd: false,
};

describe('progress without a terminal', () => {
  it('is a line every ten seconds, and none for a file', () => {
    let now = 5;
    const said: string[] = [];
    const { show } = lines(
      (line) => said.push(line),
      () => now,
    );
    for (let index = 0; index < 500; index += 1) show({ ...far, file: `f${index}`, isEnd: true });
    expect(said).toStrictEqual([]);
    now = 10_005;
    show({ ...far, allRecords: 12_345, bytesRead: 300 });
    show({ ...far, allRecords: 12_346, bytesRead: 301, isEnd: true });
    now = 20_005;
    show({ ...far, allRecords: 20_000, bytesRead: 450, filesRead: 1, isEnd: true });
    expect(said).toStrictEqual([
      '33%  0:10, 0:20 left  12,345 records  1,235/s  a.ndjson (0 of 2 files)',
      '50%  0:20, 0:20 left  20,000 records  1,000/s  a.ndjson (1 of 2 files)',
    ]);
  });
});

describe('what stands beside the bar', () => {
  it('has the time that went by, what is left of it, and the records of a second', () => {
    expect(barText({ ...far, allRecords: 900, bytesRead: 9 }, 3_661_000)).toBe(
      '1%  1:01:01, 100:40:39 left  900 records  0/s  a.ndjson',
    );
  });

  it('says nothing of the rest in the first second, nor of what has no known size', () => {
    expect(barText({ ...far, bytesRead: 450 }, 900)).toBe('50%  0:01  1 record  a.ndjson');
    expect(barText({ ...far, bytes: 0, bytesRead: 450, allRecords: 8 }, 4000)).toBe('0:04  8 records  2/s  a.ndjson');
  });

  it('gives the terminal nothing to obey', () => {
    expect(barText({ ...far, file: 'a\u001b[2J.json' }, 0)).toBe('0%  0:00  1 record  a\\u001b[2J.json');
  });
});

describe('colours', () => {
  it('are for terminals, and not where NO_COLOR is set', () => {
    const has = (isTTY: boolean, environment: NodeJS.ProcessEnv): boolean =>
      paint({ isTTY }, environment).bad('x') !== 'x';
    expect(has(true, {})).toBe(true);
    expect(has(true, { NO_COLOR: '1' })).toBe(false);
    expect(has(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(has(true, { NO_COLOR: '' })).toBe(true);
    expect(has(true, { TERM: 'dumb' })).toBe(false);
    expect(has(false, {})).toBe(false);
    expect(has(false, { FORCE_COLOR: '1' })).toBe(true);
  });
});
