import type { Table, TableName } from './table.js';

/** What `#tables` is where there is no Node: see `imports` in package.json. */
export function loadTable(_: TableName): Table | undefined {
  return undefined;
}

export function loadText(_: TableName, __: string): string | null | undefined {
  return undefined;
}
