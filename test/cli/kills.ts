import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { findInputs } from '../../src/read/findInputs.js';
import { RUN, SOURCES, SUMMARY } from '../../src/read/runFiles.js';
import { fail } from '../support/ensure.js';
import { fill, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { MAIN } from './run.js';

/** How many runs were killed. */
export interface Kills {
  readonly all: number;
  /** Of these, while files got their names, or lost them. */
  readonly whileNaming: number;
}

/** What a folder holds, by path. */
type Tree = ReturnType<typeof tree>;

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** When a run is killed: after so many milliseconds, or when so many of its bodies have their names. */
type When = { readonly after: number } | { readonly bodies: number };

/** What a folder holds, without what a run says of its own options and time. */
function filesOf(folder: string): Tree {
  const files = tree(folder);
  for (const [file, pattern] of [
    [SUMMARY, /"run": \{.*?\n {2}\},/s],
    [RUN, /(?<="file": "summary\.json",\s+"lines": 1,\s+"bytes": )\d+/],
  ] as const) {
    const text = files[file];
    if (text !== undefined) files[file] = text.replace(pattern, '');
  }
  return files;
}

/** Encounters of which some are rejected, so that there are folders as well. */
function encounters(count: number, patient: string): object[] {
  return Array.from({ length: count }, (_, index) => ({
    ...encounter,
    id: `e${index}`,
    subject: { reference: `Patient/${patient}-${index}` },
    ...(index % 50 === 7 ? { status: 'entered-in-error' } : {}),
  }));
}

/**
 * Kills runs, in a folder that is empty and in one that an older run wrote to, and holds each to this: what stands there then is all of
 * one run, or a part of one that every reader refuses; and the next run leaves what a run leaves that nobody killed.
 */
export async function killRuns({ all, whileNaming }: Kills): Promise<Kills> {
  const folder = fill(temporaryFolder(), {
    'older/Encounter.ndjson': encounters(400, 'older'),
    'set/Encounter.ndjson': encounters(1000, 'newer'),
  });
  const command = (set: string, out: string, force: boolean): string[] => {
    const form = ['--format', 'bulk-import', '--max-body', '1000', '--quiet', ...(force ? ['--force'] : [])];
    return ['convert', join(folder, set), '--out', out, ...form];
  };
  const finished = async (set: string, out: string, force = false): Promise<Tree> => {
    expect(await run(command(set, out, force))).toStrictEqual({ code: 1, signal: null });
    return filesOf(out);
  };
  const older = await finished('older', join(folder, 'out-older'));
  const started = performance.now();
  const newer = await finished('set', join(folder, 'out-newer'));
  const duration = performance.now() - started;
  const bodies = Object.keys(newer).filter((file) => file.startsWith('bulk-import')).length;

  let [killed, hit, folders] = [0, 0, 0];
  const one = async (whens: readonly When[]): Promise<void> => {
    folders += 1;
    const out = join(folder, `out-${folders}`);
    const isOver = folders % 2 === 1;
    if (isOver) cpSync(join(folder, 'out-older'), out, { recursive: true });
    let before = isOver ? older : {};
    for (const when of whens) {
      const signal = 'bodies' in when || killed % 10 < 7 ? 'SIGKILL' : killed % 10 === 7 ? 'SIGTERM' : 'SIGHUP';
      const ending = await run(command('set', out, isOver || before === newer), (child) =>
        killWhen(child, signal, when, out),
      );
      killed += 1;
      const there = existsSync(out) ? visible(filesOf(out)) : {};
      const state = stateOf(there, older, newer);
      if (state === 'newer') before = newer;
      if (state === 'part') {
        hit += 1;
        expect(ending.signal).toBe('SIGKILL');
        expect(Object.keys(there)).toContain(SOURCES);
        await expect(findInputs([out])).rejects.toThrow(/did not end/);
      } else if (ending.code === 129 || ending.code === 143) {
        expect(ending.code).toBe(signal === 'SIGHUP' ? 129 : 143);
        expect(filesOf(out)).toStrictEqual(before);
      } else if (ending.code !== null) expect([ending.code, filesOf(out)]).toStrictEqual([1, newer]);
      else if (state !== 'none') expect(there).toStrictEqual(before);
    }
    expect(await finished('set', out, isOver || before === newer)).toStrictEqual(newer);
    expect(readdirSync(out, { recursive: true }).sort()).toStrictEqual(
      readdirSync(join(folder, 'out-newer'), { recursive: true }).sort(),
    );
  };
  const amid = (): When => ({ bodies: Math.floor(Math.random() * bodies) });
  const anywhere = (): When => ({ after: Math.random() * duration * 1.1 });

  for (let tries = 0; hit < whileNaming; tries += 1) {
    if (tries > 10 * whileNaming) fail('no run was hit while files got their names');
    // What a dead run began is taken back by the next one, which may die of it.
    await one(tries % 2 === 0 ? [amid()] : [amid(), anywhere(), amid()]);
  }
  while (killed < all) await one([anywhere()]);
  return { all: killed, whileNaming: hit };
}

/** Whose files they are: all of a run, a part of one, or none. Fails where they are of both, or one is not whole. */
function stateOf(there: Tree, older: Tree, newer: Tree): 'none' | 'older' | 'newer' | 'part' {
  const files = Object.entries(there);
  const isOf = (run: Tree): boolean => files.every(([file, text]) => run[file] === text);
  if (!isOf(older) && !isOf(newer)) fail('files of two runs stand beside each other, or one is not whole');
  if (files.length === 0) return 'none';
  if (there[RUN] === undefined) return 'part';
  const [name, run] = isOf(newer) ? (['newer', newer] as const) : (['older', older] as const);
  expect(there).toStrictEqual(run);
  return name;
}

/** Without what a run keeps hidden. */
function visible(all: Tree): Tree {
  return Object.fromEntries(Object.entries(all).filter(([file]) => !file.startsWith('.clinik-fhir')));
}

function killWhen(child: ChildProcess, signal: NodeJS.Signals, when: When, out: string): void {
  if ('after' in when) {
    setTimeout(() => child.kill(signal), when.after);
    return;
  }
  const staging = join(out, '.clinik-fhir');
  const bodies = join(out, 'bulk-import');
  let hasMoves = false;
  const poll = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // Those of an older run are no sign; its files have lost their names when there are moves and no manifest.
    hasMoves ||= existsSync(join(staging, 'moves.json')) && !existsSync(join(out, RUN));
    const named = hasMoves && existsSync(bodies) ? readdirSync(bodies).length : -1;
    if (named >= when.bodies) child.kill(signal);
    else setImmediate(poll);
  };
  poll();
}

function run(args: readonly string[], watch?: (child: ChildProcess) => void): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' });
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal }));
    watch?.(child);
  });
}
