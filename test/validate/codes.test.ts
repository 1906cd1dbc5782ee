import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { displayRows, knownCodeRows, standardRows } from './rows/codes.js';

describe('codes of systems that R4 publishes', () => holdRows(knownCodeRows));
describe('displays of these codes', () => holdRows(displayRows));
describe('languages, units and countries', () => holdRows(standardRows));
