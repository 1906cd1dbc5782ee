import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { extensionRows } from './rows/extensions.js';

describe('extensions that HL7 defines', () => holdRows(extensionRows));
