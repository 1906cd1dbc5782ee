import { describe, expect, it } from '@jest/globals';
import { lines } from '../../src/cli/progress.js';
import { paint } from '../../src/cli/style.js';

const far = { file: 'a', records: 1, allRecords: 1, bytesRead: 0, bytes: 9, filesRead: 0, files: 2, isEnd: false };

describe('progress without a terminal', () => {
  it('is a line for each file, and for each ten seconds of a long one', () => {
    let now = 0;
    const said: string[] = [];
    const { show } = lines(
      (line) => said.push(line),
      () => now,
    );
    show(far);
    now = 10_001;
    show({ ...far, records: 12_345 });
    show({ ...far, records: 12_346 });
    show({ ...far, records: 20_000, filesRead: 1, isEnd: true });
    expect(said).toStrictEqual(['a: 12,345 records so far', 'a: 20,000 records (1 of 2 files)']);
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
