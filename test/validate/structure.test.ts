import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { jsonRows } from './rows/json.js';
import { resourceRows } from './rows/resources.js';
import { siblingRows } from './rows/siblings.js';
import { choiceRows, requiredRows, unknownRows } from './rows/structure.js';

describe('properties', () => holdRows(unknownRows));
describe('choices of types', () => holdRows(choiceRows));
describe('required elements', () => holdRows(requiredRows));
describe('JSON types, arrays, and what says nothing', () => holdRows(jsonRows));
describe('what stands beside a primitive', () => holdRows(siblingRows));
describe('resources and what they hold', () => holdRows(resourceRows));
