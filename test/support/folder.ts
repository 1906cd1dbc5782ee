import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { atEnd } from './atEnd.js';

/** A new folder that goes when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, each by its path below the folder; a list is NDJSON, any other value that is no text JSON. */
export function fill(folder: string, files: { readonly [path: string]: unknown }): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytesOf(content));
  }
  return folder;
}

function bytesOf(content: unknown): string | Buffer {
  if (typeof content === 'string' || Buffer.isBuffer(content)) return content;
  return Array.isArray(content) ? content.map((record) => `${JSON.stringify(record)}\n`).join('') : pretty(content);
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The objects of an NDJSON file; none where there is no file. */
export function objects(folder: string, file: string): JsonObject[] {
  if (!readdirSync(folder).includes(file)) return [];
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (!isObject(value)) throw new Error('a line holds no object');
      return value;
    });
}

/** All files that stand in a folder, not those in folders there, by name. */
export function contents(folder: string): { [file: string]: string } {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** All files below a folder, hidden ones too, by their paths in it. */
export function tree(folder: string): { [path: string]: string } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** The permissions of a file. */
export function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
