import { basename } from 'node:path';
import { lenses, type Path } from '../resources/registry.js';

const PAYLOAD_FILE = new RegExp(`^(${Object.keys(lenses).join('|')})(?![A-Za-z])`);

/** The path of the payloads that a file is named for: ClinikAPI's path, alone or in front (`labs-2024.ndjson.gz`). */
export function payloadPath(file: string): Path | undefined {
  const name = PAYLOAD_FILE.exec(basename(file))?.[1];
  return name !== undefined && isPath(name) ? name : undefined;
}

/** True for the name of a ClinikAPI path that has a lens. */
export function isPath(name: string): name is Path {
  return Object.hasOwn(lenses, name);
}
