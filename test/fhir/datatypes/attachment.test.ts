import { describe, expect, it } from '@jest/globals';
import { attachment, type PayloadAttachment } from '../../../src/fhir/datatypes/attachment.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { putValue } from '../../../src/lens/codec.js';

const codec = attachment();
const dataOf = (data: unknown): unknown =>
  codec.read({ contentType: 'text/plain', data }, readScope('DiagnosticReport', {}))?.data;

function admit(value: PayloadAttachment) {
  const scope = payloadScope({});
  return { value: codec.admit(value, scope), found: scope.issues?.map((issue) => [issue.id, ...issue.expression]) };
}

describe('an attachment', () => {
  it('is left out without a content type', () => {
    expect(codec.read({ url: 'http://a.org' }, readScope('DiagnosticReport', {}))).toBeUndefined();
    expect(codec.read({ contentType: ' text/plain', url: 'x' }, readScope('DiagnosticReport', {}))).toBeUndefined();
  });

  it('has data in base64, in which white space may stand', () => {
    for (const data of ['YQ==', 'YWI=', 'YWJj', 'YWJj YWJj\r\n', '+/+/']) expect(dataOf(data)).toBe(data);
    for (const data of [
      '',
      ' ',
      'Y',
      'YQ',
      'YQ=',
      'YQ===',
      '=',
      '====',
      'YQ==YQ==',
      'Y-_j',
      'YWJj!',
      'YW Jj',
      'é',
      7,
    ]) {
      expect([JSON.stringify(data), dataOf(data)]).toStrictEqual([JSON.stringify(data), undefined]);
    }
  });

  it('refuses data of a payload that is not base64', () => {
    expect(admit({ contentType: 'text/plain', data: 'not base64' }).found).toStrictEqual([['base64-grammar', 'data']]);
    expect(admit({ contentType: 'text/plain', data: 'YQ==', title: 'a' })).toStrictEqual({
      value: { contentType: 'text/plain', data: 'YQ==', title: 'a' },
      found: [],
    });
  });

  it('is replaced whole, so that no old size or hash stands beside new data', () => {
    const before = { contentType: 'text/plain', data: 'YQ==', hash: 'x', size: 1 };
    const put = putValue(codec, { contentType: 'text/plain', data: 'YWI=' }, before, readScope('DiagnosticReport', {}));
    expect(put.value).toStrictEqual({ contentType: 'text/plain', data: 'YWI=' });
  });
});
