import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isOutput, isOutputFolder } from '../runFiles.js';
import { runIn } from '../runManifest.js';
import { UsageError } from '../usageError.js';

/** Why what a run wrote that did not end is not read. */
export const UNENDED = 'the run that wrote it did not end';

/**
 * Looks whether a place is a part of what a run wrote that did not end. `known` are folders that were looked at, by their real paths.
 * @throws UsageError where it is one.
 */
export async function checkEnded(place: string, known: Map<string, boolean>): Promise<void> {
  const real = await realpath(place).catch(() => undefined);
  if (real === undefined) return;
  const [inside, name] = [dirname(real), basename(real)];
  const candidates: [folder: string, isPart: boolean][] = [
    [inside, isPartIn(name)],
    [dirname(inside), isPartIn(`${basename(inside)}/${name}`)],
    [dirname(dirname(inside)), isPartIn(`${basename(dirname(inside))}/${basename(inside)}/${name}`)],
  ];
  for (const [folder, isPart] of candidates) {
    if (!isPart) continue;
    const isUnended = known.get(folder) ?? (await isUnendedRun(folder));
    known.set(folder, isUnended);
    if (isUnended) throw new UsageError(`${place}: it cannot be read (${UNENDED}).`);
  }
}

const isPartIn = (name: string): boolean => isOutput(name) || isOutputFolder(name);

/** True for the folder of a wave, which may have one of what goes as it is. */
export async function isWaveOfRun(folder: string, names: readonly string[]): Promise<boolean> {
  const around = dirname(await realpath(folder));
  if (!names.some((name) => isOutputFolder(`${basename(folder)}/${name}`))) return false;
  return (await runIn(around, await readdir(around).catch(() => []))) === 'ended';
}

async function isUnendedRun(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return (await runIn(folder, names)) === 'unended';
}
