import { printable } from '../read/printable.js';
import { isError, isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { stderr } from './stderr.js';

/** What the exit code says. */
export const EXIT = { ok: 0, rejected: 1, usage: 2 } as const;

/** What it says after a signal: 128 and the number of the signal. */
const AFTER = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof AFTER;
const SIGNALS: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Says in one line why nothing came of it, and sets the exit code. Never a stack trace, never a value of a record. */
export function fail(error: unknown): void {
  stderr().write(`clinik-fhir: ${sentenceOf(error)}\n`);
  process.exitCode = error instanceof Interrupted ? AFTER[error.signal] : EXIT.usage;
}

/** The user, or the system, ended the run. */
export class Interrupted extends Error {
  constructor(readonly signal: Signal) {
    super();
  }
}

/** Is aborted by the first signal that asks the process to end; a second one of the same kind ends it at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.once(signal, () => controller.abort(new Interrupted(signal)));
  return controller.signal;
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof Interrupted) return 'interrupted; no file was written.';
  if (isSystemError(error))
    return printable(`${error.path ?? error.syscall}: ${reasonOf(error)}; the run was given up.`);
  // The message of any other error may quote a record.
  return `something unexpected went wrong (${isError(error) ? error.name : typeof error}); please report it.`;
}
