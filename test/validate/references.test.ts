import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { referenceRows } from './rows/references.js';

describe('what references point at', () => holdRows(referenceRows));
