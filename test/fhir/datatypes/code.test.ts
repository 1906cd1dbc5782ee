import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anyCode, code, isCode, isUri, status, uri } from '../../../src/fhir/datatypes/code.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';

describe("FHIR's grammar of a code", () => {
  it('allows single white space inside only', () => {
    assert.deepEqual(['a', 'a b', 'a b c', '10%', 'é'].map(isCode), [true, true, true, true, true]);
    assert.deepEqual(
      ['', ' ', ' a', 'a ', 'a  b', '\ta', 'a\n', 'a\u00a0', 'a\u0000b', '\ud800', 1, null].filter(isCode),
      [],
    );
  });
});

describe("FHIR's grammar of a uri", () => {
  it('allows no white space', () => {
    assert.deepEqual(['http://a.org/b?c=d|e#f', 'urn:oid:1.2', 'x', '../y'].map(isUri), [true, true, true, true]);
    assert.deepEqual(['', ' ', 'a b', 'a\n', ' a', 'a\u00a0b', 'a\u0007', 7].filter(isUri), []);
  });

  it('is asked of a payload', () => {
    const scope = payloadScope({});
    assert.equal(uri().admit('http://a.org', scope), 'http://a.org');
    assert.equal(uri().admit('a b', scope), undefined);
    assert.equal(uri().admit('', scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => issue.id),
      ['uri-grammar', 'payload-empty-omitted'],
    );
    assert.equal(uri().read('a b', readScope('Task', {})), undefined);
  });
});

describe('a closed set of codes', () => {
  const codec = code(['N', 'R'], { U: 'N' });

  it('reads its codes, twins as the one they stand for, and no other', () => {
    const read = (value: unknown): string | undefined => codec.read(value, readScope('Composition', {}));
    assert.deepEqual(['N', 'R', 'U', 'V', 'n', '', 'constructor', 1, ['N']].map(read), [
      'N',
      'R',
      'N',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is partial, and lossy with twins', () => {
    assert.equal(codec.fidelity, 'lossy');
    assert.equal(code(['N']).fidelity, 'partial');
    assert.deepEqual(codec.schema, { type: 'string', enum: ['N', 'R'] });
  });
});

describe('a status', () => {
  const read = (value: unknown) => {
    const scope = readScope('Task', {});
    return { status: status(['done', 'open']).read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
  };

  it('refuses the record by name where it has no twin', () => {
    assert.deepEqual(read('done'), { status: 'done', ids: [] });
    assert.deepEqual(read('unknown'), { status: undefined, ids: ['status-without-twin'] });
  });

  it('tells a retraction from other statuses', () => {
    assert.deepEqual(read('entered-in-error'), { status: undefined, ids: ['status-entered-in-error'] });
  });
});

describe('any code', () => {
  it('is read and admitted by its grammar', () => {
    const scope = payloadScope({});
    assert.equal(anyCode().read(' a', readScope('Task', {})), undefined);
    assert.equal(anyCode().admit('a b', scope), 'a b');
    assert.equal(anyCode().admit(' a', scope), undefined);
    assert.equal(anyCode().admit('\u0001', scope), undefined);
    assert.equal(anyCode().admit('', scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, issue.severity]),
      [
        ['code-grammar', 'error'],
        ['text-not-holdable', 'error'],
        ['payload-empty-omitted', 'information'],
      ],
    );
  });
});
