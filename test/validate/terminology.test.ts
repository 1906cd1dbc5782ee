import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { codeRows, conceptRows, extensibleRows } from './rows/terminology.js';

describe('codes of required bindings', () => holdRows(codeRows));
describe('concepts of required bindings', () => holdRows(conceptRows));
describe('extensible bindings', () => holdRows(extensibleRows));
