/** A generated table of texts. */
declare module '*.json' {
  const table: Readonly<Record<string, string>>;
  export default table;
}
