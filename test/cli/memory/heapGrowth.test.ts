import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { growthFor } from '../../../src/cli/memory/heapGrowth.js';
import { heapWatch } from '../../../src/cli/memory/heapWatch.js';

const MEGABYTE = 1024 * 1024;

describe('how far a heap may grow', () => {
  it('is left to V8 while little is in use, and a half of what is in use beyond that', () => {
    expect(growthFor(10 * MEGABYTE)).toBe('--heap-growing-percent=0');
    expect(growthFor(100 * MEGABYTE)).toBe('--heap-growing-percent=50');
  });

  it.each([0, 100 * MEGABYTE])('is said in words that V8 knows, for %d bytes', (used) => {
    const code = `require('node:v8').setFlagsFromString('${growthFor(used)}')`;
    // V8 says on the standard error what it does not know, and goes on.
    const { status, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
  });

  it('is watched in a large run only, once, and to its end', async () => {
    const done: string[] = [];
    const watch = heapWatch(async () => ({
      growthFor,
      watchGrowth() {
        done.push('begun');
        return () => done.push('ended');
      },
    }));
    watch.show({ bytes: 1000 });
    await watch.end();
    expect(done).toStrictEqual([]);
    watch.show({ bytes: 10_000_000 });
    watch.show({ bytes: 10_000_000 });
    await watch.end();
    expect(done).toStrictEqual(['begun', 'ended']);
  });
});
