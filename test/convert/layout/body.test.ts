import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BETWEEN, bodyFrame, frameSize, inBody, sizeInBody } from '../../../src/convert/layout/body.js';

const anything = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));

describe('a bulk import body', () => {
  it('is JSON whose data are the payloads a line each, in as many bytes as was said', () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1 }), (payloads) => {
        const lines = payloads.map((payload) => JSON.stringify(payload));
        const { before, after } = bodyFrame('Encounter');
        const text = `${before}${lines.map(inBody).join(BETWEEN)}${after}`;
        expect(text).toBe(JSON.stringify({ resourceType: 'Encounter', data: lines.join('\n') }));
        const sizes = payloads.reduce((sum, payload) => sum + sizeInBody(payload) + BETWEEN.length, -BETWEEN.length);
        expect(Buffer.byteLength(`${text}\n`)).toBe(frameSize('Encounter') + sizes);
      }),
    );
  });

  it('has room for what UTF-8 and JSON make longer', () => {
    for (const text of ['"', '\\', '\n', '\u0000', '\u2028', 'é', '😀', '\ud800', '\udc00x']) {
      const line = JSON.stringify({ text });
      expect([JSON.stringify(text), sizeInBody({ text })]).toStrictEqual([
        JSON.stringify(text),
        Buffer.byteLength(JSON.stringify(line)) - 2,
      ]);
    }
  });
});
