import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.equal(codec.read({ url: 'http://a.org' }, readScope('DiagnosticReport', {})), undefined);
    assert.equal(codec.read({ contentType: ' text/plain', url: 'x' }, readScope('DiagnosticReport', {})), undefined);
  });

  it('has data in base64, in which white space may stand', () => {
    for (const data of ['YQ==', 'YWI=', 'YWJj', 'YWJj YWJj\r\n', '+/+/']) assert.equal(dataOf(data), data);
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
      assert.equal(dataOf(data), undefined, JSON.stringify(data));
    }
  });

  it('refuses data of a payload that is not base64', () => {
    assert.deepEqual(admit({ contentType: 'text/plain', data: 'not base64' }).found, [['base64-grammar', 'data']]);
    assert.deepEqual(admit({ contentType: 'text/plain', data: 'YQ==', title: 'a' }), {
      value: { contentType: 'text/plain', data: 'YQ==', title: 'a' },
      found: [],
    });
  });

  it('is replaced whole, so that no old size or hash stands beside new data', () => {
    const before = { contentType: 'text/plain', data: 'YQ==', hash: 'x', size: 1 };
    const put = putValue(codec, { contentType: 'text/plain', data: 'YWI=' }, before, readScope('DiagnosticReport', {}));
    assert.deepEqual(put.value, { contentType: 'text/plain', data: 'YWI=' });
  });
});
