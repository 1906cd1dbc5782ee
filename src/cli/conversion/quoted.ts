/** An argument as a POSIX shell takes it, quoted where it has to be. */
export function quoted(argument: string): string {
  return /^[\w./:@%+,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
