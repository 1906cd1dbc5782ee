import type { Issue } from '../../lens/issue.js';

/** A file that was not read as it was found: somebody was still writing it, or cut it off. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor(readonly issue: Issue) {
    super(issue.diagnostics);
  }
}

/** Compares the bytes that were read of a file with those that it had when it was found, and throws where they are not as many. */
export function checkSize(read: number, found: number): void {
  if (read === found) return;
  const how = read < found ? 'shorter' : 'longer';
  throw new FileChangedError({
    severity: 'error',
    code: 'processing',
    id: 'file-changed',
    expression: [],
    diagnostics: `The file changed while it was read: at its end it was ${how} than at its beginning. Read it again when nobody writes to it any more.`,
  });
}
