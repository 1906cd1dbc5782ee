import type { Remedy } from '../lens/diff.js';
import type { LossReason } from '../lens/reason.js';

/** Each reason of a loss in words: a sentence, and a few words for tables. */
export const LOSS_REASONS: { readonly [reason in LossReason]: { readonly short: string; readonly says: string } } = {
  'no-field': { short: 'no field', says: 'The payload has no field for it.' },
  'one-of-several': { short: 'one of several', says: 'The field holds one, and another one was read.' },
  'text-only': {
    short: 'words only',
    says: 'The field holds words, and this is the code or the reference behind them.',
  },
  duplicate: { short: 'said before', says: 'The same stands in the list before it.' },
  'over-limit': { short: 'over the limit', says: "It is over a limit of ClinikAPI's." },
  'partial-date': {
    short: 'date without a time',
    says: 'A date without a time, where the field takes date-times only.',
  },
  unresolved: {
    short: 'target not found',
    says: 'What it points at is not in the input, or has no id that can be read.',
  },
  unmapped: { short: 'not in the id map', says: 'The id map does not have what it points at.' },
  'other-target': { short: 'other type', says: 'It points at a type of record that the field cannot name.' },
  'words-only': { short: 'no id or code', says: 'It says it in words only, and the field holds an id or a code.' },
  'other-system': {
    short: 'other code system',
    says: 'A code of a system that the field is not for; without its system it could mean something else.',
  },
  denied: {
    short: 'denied or in doubt',
    says: 'It is denied, or what it points at is, and must not be read as a fact.',
  },
  incomplete: { short: 'incomplete', says: "The item lacks what ClinikAPI's item must have." },
  'no-value': { short: 'no value', says: 'It says only that there is no value.' },
  unsupported: { short: 'not supported', says: 'The field takes no such value.' },
  nearest: { short: 'nearest value', says: 'The payload has the nearest value that the field takes.' },
  joined: { short: 'joined', says: 'The payload has it, joined with others to one text.' },
  markup: { short: 'mark-up', says: 'The payload has the words, without their mark-up.' },
  same: { short: 'same', says: 'The payload says the same in another way.' },
  beside: { short: 'beside the payload', says: 'The conversion gives it beside the payload.' },
  'on-upload': { short: 'set on upload', says: 'ClinikAPI sets it when it stores a record.' },
  order: { short: 'order', says: 'The payload has the items in another order.' },
  written: { short: 'added', says: 'The resource of the payload says it, and the one that was read does not.' },
};

/** What lets a loss come through: on the command line, and in code. */
export const REMEDIES: { readonly [remedy in Remedy]: { readonly command: string; readonly code: string } } = {
  'partial-dates': { command: '--partial-dates keep', code: "partialDates: 'keep'" },
  'id-map': { command: 'add a row to the id map', code: 'resolveId, or a row of idMap' },
  'add-record': { command: 'add the file with the record', code: 'resolve' },
};
