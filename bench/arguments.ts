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

/**
 * What one of some things with names is.
 * @throws for a name that is none of theirs.
 */
export function named<T>(name: string, things: Readonly<Record<string, T>>): T {
  const thing = Object.hasOwn(things, name) ? things[name] : undefined;
  if (thing === undefined) throw new Error(`${name}: there are ${Object.keys(things).join(', ')}`);
  return thing;
}

/** What is read of the arguments; a wrong one ends the process with 2 and says why. */
export function orUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
