import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRunning, processMark } from '../../src/report/processMark.js';
import { unless } from '../support/ensure.js';

const noProc = existsSync('/proc/self/stat') ? false : 'this system does not say when a process started';

/** The mark of this process, but of another number. */
const markOf = (id: number | undefined): string => processMark().replace(/\d+-\d+$/, `${id}-0`);

const shortly = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

/** When a process started, in the clock of the system. */
function startOf(id: string): string {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

describe('the mark of a process', () => {
  it('is of one that runs, and the same each time', () => {
    expect(isRunning(processMark())).toBe(true);
    expect(processMark()).toBe(processMark());
    expect(processMark()).toMatch(/^[0-9a-f-]+$/);
  });

  it('is of one that has ended', () => {
    expect(isRunning(markOf(spawnSync(process.execPath, ['--version']).pid))).toBe(false);
  });

  unless(noProc)('is not of one that was given its number', () => {
    expect(isRunning(markOf(process.pid))).toBe(false);
  });

  unless(noProc)('is of one that has ended, though its parent has not heard of it', async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const id = await new Promise<string>((resolve) => {
        parent.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      });
      const mark = processMark().replace(/\d+-\d+$/, `${id}-${startOf(id)}`);
      expect(isRunning(mark)).toBe(true);
      // A shell would hear of the end of its child; `sleep`, which takes its place, does not.
      while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim() !== 'sleep') await shortly();
      process.kill(Number(id), 'SIGKILL');
      while (!/\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'))) await shortly();
      expect(isRunning(mark)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('cannot be told of another machine, nor of what is none', () => {
    expect(isRunning(processMark().replace(/^[0-9a-f]{8}/, '00000000'))).toBeUndefined();
    for (const mark of ['', 'mine', '1-2-3-4', `${processMark()}-1`, processMark().replace(/-\d+-/, '-0-')])
      expect([mark, isRunning(mark)]).toStrictEqual([mark, undefined]);
  });

  it('is of one that has ended where it ran before the machine was started', () => {
    expect(isRunning(processMark().replace(/-[0-9a-f]{8}-/, '-00000000-'))).toBe(false);
  });
});
