import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { checkShowValues } from '../../../src/cli/findings/showValues.js';
import { UsageError } from '../../../src/read/usageError.js';
import { ensure, noShell, unless } from '../../support/ensure.js';
import { MAIN, shell } from '../run.js';
import { broken, scratch } from '../scratch.js';

const HERE = { isTerminal: true, isCi: false };

describe('--show-values', () => {
  it('is for the format text on a terminal', () => {
    expect(() => checkShowValues([{ format: 'text' }], HERE)).not.toThrow();
  });

  it.each([
    ['another format', [{ format: 'json' }], HERE, /only --format text shows values/],
    ['a format besides', [{ format: 'text' }, { format: 'sarif', output: 'x' }], HERE, /only --format text shows/],
    ['a file', [{ format: 'text', output: 'x.txt' }], HERE, /with --output they would be written to a file/],
    ['a pipe', [{ format: 'text' }], { ...HERE, isTerminal: false }, /standard output is not a terminal/],
    ['a CI server', [{ format: 'text' }], { ...HERE, isCi: true }, /this is a CI server, which keeps what is printed/],
  ] as const)('is refused for %s', (_, formats, where, says) => {
    expect(() => checkShowValues(formats, where)).toThrow(UsageError);
    expect(() => checkShowValues(formats, where)).toThrow(says);
  });

  it('ends with 2 where nobody looks, and prints no value', async () => {
    const { validate } = scratch({ 'a.json': broken });
    const { code, stdout, stderr } = await validate(['a.json', '--show-values']);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(/--show-values shows values of records on your own terminal only/);
  });

  const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;
  const noTerminal = noShell || (hasScript ? false : 'this system has no script of util-linux to make a terminal');
  unless(noTerminal)('shows values in the lines of findings, on a terminal, and not where CI is set', async () => {
    const { folder } = scratch({ 'a.json': broken });
    const command = `${process.execPath} ${MAIN} validate a.json --show-values`;
    const run = (env: NodeJS.ProcessEnv) =>
      shell(`script -qec '${command}' /dev/null < /dev/null`, folder, { NO_COLOR: '1', ...env });
    const { stdout } = await run({});
    ensure(stdout.includes('"start": "2020"'), stdout);
    for (const env of [{ CI: 'true' }, { GITHUB_ACTIONS: 'true' }, { GITLAB_CI: 'true' }, { BUILD_NUMBER: '7' }]) {
      const { stdout: refused } = await run(env);
      expect(refused).toMatch(/this is a CI server/);
      expect(refused).not.toMatch(/2020/);
    }
  });
});
