import { printable } from '../../read/printable.js';

/** An argument as a POSIX shell takes it, quoted where it has to be; what a terminal would obey is escaped, and not obeyed. */
export function quoted(argument: string): string {
  const text = printable(argument);
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
