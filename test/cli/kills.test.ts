import { describe, expect, it } from '@jest/globals';
import { runs } from '../support/runs.js';
import { killRuns } from './kills.js';

describe('a run that is killed', () => {
  it('leaves no half file and nothing old beside new, and the next run is as if it had not been', async () => {
    const kills = await killRuns({ all: runs(20), whileNaming: 5 });
    expect(kills.all).toBeGreaterThanOrEqual(20);
    expect(kills.whileNaming).toBeGreaterThanOrEqual(5);
  }, 600_000);
});
