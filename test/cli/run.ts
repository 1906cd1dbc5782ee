import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled command line. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The tests may run on a CI server or for a coloured log; what they try runs as on a person's own machine, unless they say otherwise. */
const ON_ONES_OWN: NodeJS.ProcessEnv = Object.fromEntries(
  ['FORCE_COLOR', 'CI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILD_ID', 'BUILD_NUMBER', 'RUN_ID', 'TF_BUILD'].map((name) => [
    name,
    undefined,
  ]),
);

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line; `watch` gets its process at once. */
export function clinikFhir(args: readonly string[], watch?: (child: ChildProcess) => void): Promise<Ran> {
  return run(process.execPath, [MAIN, ...args], watch);
}

/** The same in a folder. */
export function clinikFhirIn(
  folder: string,
  args: readonly string[],
  watch?: (child: ChildProcess) => void,
  env?: NodeJS.ProcessEnv,
): Promise<Ran> {
  return run(process.execPath, [MAIN, ...args], watch, folder, env);
}

/** The same where no file may be longer than 64 blocks. */
export function limited(args: readonly string[], folder?: string): Promise<Ran> {
  return run('sh', ['-c', 'ulimit -f 64; exec "$@"', 'sh', process.execPath, MAIN, ...args], undefined, folder);
}

/** What a shell makes of commands in a folder, with more in its environment. */
export function shell(commands: string, folder: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return run('sh', ['-c', commands], undefined, folder, env);
}

function run(
  command: string,
  args: readonly string[],
  watch?: (child: ChildProcess) => void,
  cwd?: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...ON_ONES_OWN, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    watch?.(child);
  });
}
