import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { bestPracticeRows, containedRows, dom3Rows } from './rows/contained.js';

describe('what R4 forbids of contained resources', () => holdRows(Object.values(containedRows).flat()));
describe('what is contained', () => holdRows(dom3Rows));
describe('rules of best practice', () => holdRows(bestPracticeRows, { bestPractice: true }));
