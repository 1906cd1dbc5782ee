import { spawnSync } from 'node:child_process';
import { PerformanceObserver } from 'node:perf_hooks';
import { describe, expect, it, jest } from '@jest/globals';
import { growthFor, heapWatch } from '../../../src/cli/memory/heapGrowth.js';

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

  it('is watched in a large run only, once, and to its end', () => {
    const [begun, ended] = [
      jest.spyOn(PerformanceObserver.prototype, 'observe'),
      jest.spyOn(PerformanceObserver.prototype, 'disconnect'),
    ];
    try {
      const watch = heapWatch();
      watch.show({ bytes: 1000 });
      expect(begun).not.toHaveBeenCalled();
      watch.show({ bytes: 10_000_000 });
      watch.show({ bytes: 10_000_000 });
      expect(begun).toHaveBeenCalledTimes(1);
      watch.end();
      expect(ended).toHaveBeenCalledTimes(1);
    } finally {
      begun.mockRestore();
      ended.mockRestore();
    }
  });
});
