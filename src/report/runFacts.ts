/** What a run was asked for, and what it took. */
export interface RunFacts {
  /** The version of clinik-fhir. */
  readonly version: string;
  /** The bytes that were read, as the files store them. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** The options that differ from the defaults, by their names in code; of a list, how many it has. */
  readonly options: { readonly [name: string]: string | number | boolean };
}
