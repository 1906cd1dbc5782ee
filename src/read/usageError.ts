import { printable } from './printable.js';

/**
 * What the caller asked for cannot be done, and nothing was written. The message, of one line or several, names files and options, never
 * records; it may be printed as it is.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string | readonly string[], options?: ErrorOptions) {
    const lines = typeof message === 'string' ? [message] : message;
    super(lines.map(printable).join('\n'), options);
  }
}
