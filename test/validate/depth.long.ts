import { describe, expect, it } from '@jest/globals';
import { laughs } from '../support/nested.js';
import { found } from '../support/validation.js';

describe('what is wide', () => {
  // It takes half a minute to go through all that may be looked at.
  it('is cut short where shared objects would be more than any text could hold', () => {
    const lines = found(laughs(100, { url: 'a', valueString: 'b' }));
    expect(lines).toHaveLength(1);
    expect(lines[0] ?? '').toMatch(/^fatal too-large Patient\.extension\[0\]/);
  });
});
