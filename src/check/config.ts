import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isNameOfPackage } from '../read/packages/manifest.js';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import type { Config, FormatSetting } from './settings.js';

/** A config file that was found. */
export interface ConfigFile {
  /** Its path from the folder that it was looked for from. */
  readonly file: string;
  readonly config: Config;
}

/** The name of a config file. */
export const CONFIG_FILE = 'clinik-fhir.config.json';

/**
 * Looks for a config file in a folder and those around it, up to the first that has a `.git`: what is around a repository is
 * none of its business. Its paths become relative to the folder that the search began in. Nobody chose it, so that its outputs and its
 * baseline have to lie in its own folder, links followed; one that is named may do otherwise.
 * @throws UsageError where it cannot be read, or for a fault in it.
 */
export async function findConfig(from: string): Promise<ConfigFile | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_FILE);
    const file = relative(from, path);
    const text = await textOf(path, file);
    if (text !== undefined) {
      // Most folders have none, and need no parser to say so.
      const { readConfig } = await import('./readConfig.js');
      const config = readConfig(text, file);
      await stayInside(config, folder, file);
      return { file, config: relocated(config, relative(from, folder)) };
    }
    if ((await isThere(join(folder, '.git'))) || dirname(folder) === folder) return undefined;
  }
}

/**
 * Reads the config file of a name. Its paths become relative to `from`.
 * @throws UsageError where it does not exist, cannot be read, or has a fault.
 */
export async function loadConfig(file: string, from: string): Promise<ConfigFile> {
  const path = resolve(from, file);
  const text = await textOf(path, file);
  if (text === undefined) throw new UsageError(`${file}: it cannot be read (it does not exist).`);
  const { readConfig } = await import('./readConfig.js');
  return { file, config: relocated(readConfig(text, file), relative(from, dirname(path))) };
}

async function stayInside({ formats = [], baseline }: Config, folder: string, file: string): Promise<void> {
  const home = await realpath(folder);
  for (const path of [...formats.map(({ output }) => output), baseline]) {
    if (path === undefined) continue;
    const way = relative(home, await whereIs(resolve(folder, path)));
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new UsageError(
        `${file}: ${path} is outside of the folder of this config file, which was found and not named; --config names one that may say so.`,
      );
  }
}

/** The real path of what is there, or of where it would be made. */
async function whereIs(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await whereIs(dirname(path)), basename(path));
  }
}

async function textOf(path: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw new UsageError(`${name}: it cannot be read (${reasonOf(error)}).`, { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** The same settings for somebody in another folder, from which `folder` leads to the one of the file. */
function relocated(config: Config, folder: string): Config {
  const move = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  const { rules, baseline, formats, ig, terminology } = config;
  return {
    ...config,
    ...(typeof rules === 'string' ? { rules: move(rules) } : {}),
    ...(baseline === undefined ? {} : { baseline: move(baseline) }),
    ...(ig === undefined ? {} : { ig: ig.map((one) => (isNameOfPackage(one) ? one : move(one))) }),
    ...(terminology === undefined ? {} : { terminology: terminology.map(move) }),
    ...(formats === undefined ? {} : { formats: formats.map((format) => located(format, move)) }),
  };
}

function located(format: FormatSetting, move: (path: string) => string): FormatSetting {
  return format.output === undefined ? format : { ...format, output: move(format.output) };
}
