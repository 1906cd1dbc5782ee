import { createRequire } from 'node:module';
import type { Table, TableName } from './fhir/terminology/table.js';
import { isObject } from './lens/json.js';

/** What was loaded, or was not there: to ask Node again takes as long as to validate a record. */
const loaded = new Map<TableName, Table | undefined>();

/**
 * What `#tables` is in Node: a table of what R4 and others publish, read on first need, since most processes ask for few of them, or
 * none. Undefined where there is no such file: beside a program that was made one file.
 */
export function loadTable(name: TableName): Table | undefined {
  if (!loaded.has(name)) loaded.set(name, readTable(name));
  return loaded.get(name);
}

function readTable(name: TableName): Table | undefined {
  // Here and not above, since what a bundler makes CommonJS has no `import.meta.url`.
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  try {
    return require(`./fhir/generated/${name}.json`);
  } catch (error) {
    if (isObject(error) && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
