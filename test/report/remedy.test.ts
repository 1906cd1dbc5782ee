import { describe, expect, it } from '@jest/globals';
import { remedyOf } from '../../src/report/remedy.js';

describe('remedyOf', () => {
  it('gives one sentence', () => {
    expect(remedyOf('format-url')).toMatch(/^Take the white space out of the address, or write it as %20\.$/);
  });

  it('gives nothing for what is no id of an issue', () => expect(remedyOf('no-such-id')).toBeUndefined());
});
