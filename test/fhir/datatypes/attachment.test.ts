import { describe, expect, it } from '@jest/globals';
import { type AttachmentInput, attachment, type PayloadAttachment } from '../../../src/fhir/datatypes/attachment.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { putValue } from '../../../src/lens/codec.js';

const codec = attachment();
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
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

  it.each<[string, object]>([
    ['neither', {}],
    ['neither, but a title, a size and a hash', { title: 'Report', size: 3, hash: 'YQ==' }],
    ['masked data', { _data: { extension: [{ url: ABSENT, valueCode: 'masked' }] } }],
    ['data that are none', { data: 'not base64' }],
    ['an address with white space', { url: 'http://a.org/a b' }],
    ['an address of its source only', { url: '#pdf' }],
    ['an empty address', { url: '' }],
  ])('is left out with %s for data or address: that would be no content', (_, more) => {
    const scope = readScope('DiagnosticReport', {});
    expect(codec.read({ contentType: 'text/plain', ...more }, scope)).toBeUndefined();
    expect(scope.failed).toBe(false);
  });

  it.each<AttachmentInput>([
    { contentType: 'text/plain' },
    { title: 'Report' },
    { contentType: 'text/plain', title: 'Report' },
    { contentType: 'text/plain', url: '#pdf' },
    { url: 'report.pdf' },
    { contentType: 'text/plain', data: 'YQ==' },
  ])('of a payload comes back as it was: %j', (payload) => {
    const written = codec.write(payload, payloadScope({}));
    expect(codec.read(written, readScope('DiagnosticReport', {}))).toStrictEqual(payload);
  });

  it('has data in base64, in which white space may stand, in lines of any length', () => {
    for (const data of ['YQ==', 'YWI=', 'YWJj', 'YWJj YWJj\r\n', 'YW\r\nJj\r\n', 'YQ=\n=', '+/+/'])
      expect(dataOf(data)).toBe(data);
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
      'YWJj\u00a0YWJj',
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
