import { expect, it } from '@jest/globals';
import { killRuns } from './kills.js';

it('200 killed runs, 50 of them while files get their names, leave nothing that looks like a whole one', async () => {
  const kills = await killRuns({ all: 200, whileNaming: 50 });
  process.stderr.write(`${kills.all} runs killed, ${kills.whileNaming} while files got their names\n`);
  expect(kills.all).toBeGreaterThanOrEqual(200);
  expect(kills.whileNaming).toBeGreaterThanOrEqual(50);
});
