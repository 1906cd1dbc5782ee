import { loadTable, loadText } from '#tables';
import type { Table, TableName } from './table.js';

/** All tables, by their names. */
export type Tables = Readonly<Record<TableName, Table>>;

let provided: Tables | undefined;

/** Makes these the tables that everything asks. */
export function provideTables(tables: Tables): void {
  provided = tables;
}

/** A table that was imported, else one that this runtime loads on first need; undefined where it has none. */
export const tableNamed = (name: TableName): Table | undefined => provided?.[name] ?? loadTable(name);

/** What a table has under a name, `null` where it has nothing; undefined where there is no such table. */
export function textNamed(name: TableName, key: string): string | null | undefined {
  const table = provided?.[name];
  if (table === undefined) return loadText(name, key);
  return Object.hasOwn(table, key) ? table[key] : null;
}
