/** True where a version is the one that is asked for; `6.5.x` asks for any that begins so. */
export function satisfies(version: string | undefined, asked: string): boolean {
  return version === asked || (asked.endsWith('.x') && version?.startsWith(asked.slice(0, -1)) === true);
}
