import { describe } from '@jest/globals';
import { holdRows } from '../support/validation.js';
import { addressedRows } from './rows/addresses.js';
import { anchorRows } from './rows/anchors.js';
import { answerRows } from './rows/answers.js';
import { wordedEntryRows } from './rows/requests.js';
import { textRows } from './rows/texts.js';

describe('texts, ids and times', () => holdRows(textRows));
describe('addresses, identifiers and attachments', () => holdRows(addressedRows));
describe('what stands in narratives, and what they refer to', () => holdRows(anchorRows));
describe('answers', () => holdRows(answerRows));
describe('requests and documents', () => holdRows(wordedEntryRows));
