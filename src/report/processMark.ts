import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isSystemError } from '../read/systemError.js';

/**
 * What tells this process from every other one, of this machine and of others: letters, digits and hyphens. It names neither the
 * machine nor a person.
 */
export function processMark(): string {
  const { machine, boot } = here();
  return `${machine}-${boot}-${process.pid}-${statusOf(process.pid)?.start ?? 0}`;
}

/**
 * True where the process with a mark is running, false where it has ended; undefined where nobody here can tell, because it is one of
 * another machine or container, or this is no mark.
 */
export function isRunning(mark: string): boolean | undefined {
  const [, machine, boot, id = '', start] = /^([0-9a-f]{8})-([0-9a-f]{8})-([1-9][0-9]*)-([0-9]+)$/.exec(mark) ?? [];
  const now = here();
  if (machine !== now.machine) return undefined;
  if (boot !== now.boot || !isThere(Number(id))) return false;
  const status = statusOf(Number(id));
  // The number of a process that has ended is given to another one some day.
  return status === undefined || (!status.hasEnded && status.start === start);
}

/** Processes are numbered by machine, in containers by their own count, and from 1 after each start. */
function here(): { readonly machine: string; readonly boot: string } {
  const numbering = textOf(() => readlinkSync('/proc/self/ns/pid'));
  const boot = textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return { machine: digest(`${hostname()}\n${numbering}`), boot: digest(boot) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function isThere(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return isSystemError(error) && error.code === 'EPERM';
  }
}

/** When a process started, and whether it only waits for its parent to hear of its end; undefined on systems that do not say. */
function statusOf(id: number): { readonly start: string; readonly hasEnded: boolean } | undefined {
  const text = textOf(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  // Its name, in parentheses, may hold anything.
  const [state = '', ...others] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const start = others[18];
  return start === undefined ? undefined : { start, hasEnded: state === 'Z' || state === 'X' };
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
