/** What commander starts commands with that are programs of their own. There are none, and Node's own takes long to load. */
export function spawn() {
  throw new Error('no command is a program of its own');
}
