/** The tables that are loaded when something asks for them. */
export type TableName =
  | 'codeSystems'
  | 'extensions'
  | 'languages'
  | 'countries'
  | 'units'
  | 'profiles'
  | 'moreValueSets';

/** A generated table: texts by name. */
export type Table = Readonly<Record<string, string>>;
