import { createRequire } from 'node:module';
import type { Table, TableName } from './fhir/terminology/table.js';

const require = createRequire(import.meta.url);

/** A table of what R4 and others publish, read on first need: most processes ask for few of them, or none. */
export function loadTable(name: TableName): Table | undefined {
  return require(`./fhir/generated/${name}.json`);
}
