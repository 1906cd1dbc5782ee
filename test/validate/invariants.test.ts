import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { bundleRows, entryRows } from './rows/bundle.js';
import { datatypeRows } from './rows/datatypes.js';
import { narrativeRows } from './rows/narrative.js';
import { quantityRows } from './rows/quantities.js';
import { timingRows } from './rows/timing.js';
import { typeRows } from './rows/types.js';

const rowsByKey = { ...datatypeRows, ...quantityRows, ...timingRows, ...typeRows, ...bundleRows };
for (const [key, rows] of Object.entries(rowsByKey)) describe(key, () => holdRows(rows));

describe('the entries of a Bundle', () => holdRows(entryRows));
describe('narratives', () => holdRows(narrativeRows));
