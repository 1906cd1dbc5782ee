import { describe } from 'node:test';
import { holdRows } from '../support/validation.js';
import { bundleRows, entryRows } from './rows/bundle.js';
import { datatypeRows, resourceRows } from './rows/invariants.js';
import { narrativeRows } from './rows/narrative.js';

for (const [key, rows] of Object.entries({ ...datatypeRows, ...resourceRows, ...bundleRows })) {
  describe(key, () => holdRows(rows));
}
describe('the entries of a Bundle', () => holdRows(entryRows));
describe('narratives', () => holdRows(narrativeRows));
