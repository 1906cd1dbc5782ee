import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { cost, Failed, faultOf, withFolder } from '../../bench/child.js';

const TRACE =
  'file:///x/main.js:3\n    throw y;\n\nTypeError: y\n    at run (file:///x/main.js:3:9)\n    at node:internal/x:1:2\n';

describe('a process that is measured', () => {
  it.each([
    ['with the code that it should', { status: 0, stderr: '' }, 0],
    ['with that of one that found something', { status: 1, stderr: '3 errors at 12:30:01\n' }, 1],
  ])('did its work where it ends %s', (_, ended, ends) => {
    expect(faultOf(ended, ends)).toBeUndefined();
  });

  it.each([
    ['with another code', { status: 1, stderr: '' }, 0, 'ended with 1 instead of 0'],
    ['with 0 where something is to be found', { status: 0, stderr: '' }, 1, 'ended with 0 instead of 1'],
    ['by a signal', { status: null, stderr: 'x\n' }, 0, 'ended with no code instead of 0: x'],
    ['by an exception, whose code is that of a find', { status: 1, stderr: TRACE }, 1, 'TypeError: y'],
  ])('has failed where it ends %s', (_, ended, ends, why) => {
    expect(faultOf(ended, ends)).toContain(why);
  });

  it('has failed with an exception of Node itself', () => {
    const { status, stderr } = spawnSync(process.execPath, ['-e', 'null.x'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(faultOf({ status, stderr }, 1)).toContain('TypeError');
  });

  it('tells its costs, and fails plainly where it has no work', () => {
    withFolder((folder) => {
      expect(cost(['-e', 'process.exitCode = 1'], folder, 1).memory).toBeGreaterThan(0);
      expect(() => cost(['-e', 'process.exitCode = 1'], folder, 0)).toThrow(Failed);
    });
  });
});
