import { printable } from '../read/printable.js';
import { isError, isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';

/** What the exit code says. */
export const EXIT = { ok: 0, rejected: 1, usage: 2, interrupted: 130 } as const;

/** Says in one line why nothing came of it, and sets the exit code. Never a stack trace, never a value of a record. */
export function fail(error: unknown): void {
  process.stderr.write(`clinik-fhir: ${sentenceOf(error)}\n`);
  process.exitCode = error instanceof Interrupted ? EXIT.interrupted : EXIT.usage;
}

/** The user ended the run. */
export class Interrupted extends Error {}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof Interrupted) return 'interrupted; no file was written.';
  if (isSystemError(error))
    return printable(`${error.path ?? error.syscall}: ${reasonOf(error)}; the run was given up.`);
  // The message of any other error may quote a record.
  return `something unexpected went wrong (${isError(error) ? error.name : typeof error}); please report it.`;
}
