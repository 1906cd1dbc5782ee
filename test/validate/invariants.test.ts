import { describe } from 'node:test';
import { holdRows } from '../support/validation.js';
import { bundleRows } from './rows/bundle.js';
import { datatypeRows, resourceRows } from './rows/invariants.js';

for (const [key, rows] of Object.entries({ ...datatypeRows, ...resourceRows, ...bundleRows })) {
  describe(key, () => holdRows(rows));
}
