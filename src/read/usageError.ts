/** What the caller asked for cannot be done, and nothing was written. The message names files and options, never records. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
