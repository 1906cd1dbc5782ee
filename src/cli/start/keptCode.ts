import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Compiled code by the key of what it was compiled from. */
export type KeptCode = ReadonlyMap<string, Buffer>;

/** Before the pieces stands a table of them: of each its key, and where it begins and ends. */
type Pieces = readonly (readonly [key: string, start: number, end: number])[];

const ENDING = '.code';

/** What a process was ended over. */
const UNFINISHED = /\.\d+$/;

/** The most files that are kept: there is one of each command, version of Node, and version of the package. */
const MOST = 30;

/** The length of the table, and of all the pieces. */
const HEAD = 8;

/** V8 reads words of eight bytes. */
const aligned = (at: number): number => Math.ceil(at / 8) * 8;

/** What was kept under a name; nothing where that is not there, is not whole, or may be somebody else's. */
export function readKept(folder: string, name: string, user = process.getuid?.()): KeptCode {
  try {
    // A pipe of that name would be waited for.
    const file = openSync(join(folder, name + ENDING), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(file);
      if (!stats.isFile() || stats.uid !== user || (stats.mode & 0o022) !== 0) return new Map();
      return piecesOf(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Map();
  }
}

/**
 * V8 takes code as it is, so that a byte that a disk or a program changed could end the process, or change what it does. All stands
 * in the file twice, and both must be the same: to compare them takes a tenth of the time of a checksum.
 */
function piecesOf(file: Buffer): KeptCode {
  const bytes = file.subarray(0, file.length >> 1);
  if (!bytes.equals(file.subarray(bytes.length))) return new Map();
  const table = HEAD + bytes.readUInt32LE(0);
  const start = aligned(table);
  if (bytes.length !== start + bytes.readUInt32LE(4)) return new Map();
  const pieces: Pieces = JSON.parse(bytes.toString('utf8', HEAD, table));
  return new Map(pieces.map(([key, from, to]) => [key, bytes.subarray(start + from, start + to)]));
}

function bytesOf(code: KeptCode): Buffer {
  let length = 0;
  const pieces: Pieces = Array.from(code, ([key, { length: size }]) => {
    const from = length;
    length = aligned(from + size);
    return [key, from, from + size];
  });
  const table = Buffer.from(JSON.stringify(pieces));
  const start = aligned(HEAD + table.length);
  const bytes = Buffer.alloc(start + length);
  bytes.writeUInt32LE(table.length, 0);
  bytes.writeUInt32LE(length, 4);
  table.copy(bytes, HEAD);
  for (const [key, from] of pieces) code.get(key)?.copy(bytes, start + from);
  return bytes;
}

/** Keeps code under a name, as a whole or not at all, and removes what was kept longest ago. Never throws. */
export function writeKept(folder: string, name: string, code: KeptCode): void {
  const made = join(folder, `${name}.${process.pid}`);
  try {
    const file = openSync(made, 'wx', 0o600);
    try {
      const bytes = bytesOf(code);
      writeFileSync(file, Buffer.concat([bytes, bytes]));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(made, join(folder, name + ENDING));
    removeOldest(folder);
  } catch {
    // It is a help, and no need.
    remove(made);
  }
}

function removeOldest(folder: string): void {
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING) || UNFINISHED.test(name))
    .map((name) => join(folder, name));
  if (kept.length <= MOST) return;
  const byTime = kept.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time);
  for (const { path } of byTime.slice(MOST)) remove(path);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, or is there for good.
  }
}
