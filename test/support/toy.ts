import type { Codec } from '../../src/lens/codec.js';
import type { Scope } from '../../src/lens/scope.js';

/** A scope of the engine alone: its locations are steps with slashes between them. */
export const newScope = (): Scope => ({
  options: undefined,
  at: [],
  issues: [],
  failed: false,
  origins: new Map(),
  express: (at) => at.join('/'),
});

/** A codec of non-empty strings, with a sibling like that of a FHIR primitive. */
export const word: Codec<string, string> = {
  fidelity: 'exact',
  rule: 'a word',
  schema: { type: 'string' },
  sibling: '_',
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
  write: (value) => value,
  admit: (value) => (value === '' ? undefined : value),
};
