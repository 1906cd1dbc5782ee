import { describe, expect, it } from '@jest/globals';
import { killRuns } from './kills.js';

describe('a run that is killed', () => {
  it('leaves no half file and nothing old beside new, and the next run is as if it had not been', async () => {
    const kills = await killRuns({ all: 6, whileNaming: 2 });
    expect(kills.all).toBeGreaterThanOrEqual(6);
    expect(kills.whileNaming).toBeGreaterThanOrEqual(2);
  }, 600_000);
});
