/** What the command line of the benchmarks asks for. */
export interface Asked {
  readonly parts: readonly string[];
  /** True for the steps that take minutes. */
  readonly long: boolean;
  /** True where the figures become those of the release. */
  readonly write: boolean;
}

/**
 * Reads the arguments; all parts where none is named.
 * @throws for one that is not known.
 */
export function askedOf(args: readonly string[], names: readonly string[]): Asked {
  const unknown = args.find((arg) => arg !== '--long' && arg !== '--write' && !names.includes(arg));
  if (unknown !== undefined) throw new Error(`${unknown}: there are the parts ${names.join(', ')}, --long and --write`);
  const parts = names.filter((name) => args.includes(name));
  return { parts: parts.length === 0 ? names : parts, long: args.includes('--long'), write: args.includes('--write') };
}
