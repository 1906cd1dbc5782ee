import { loadTable } from '#tables';
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
