import { describe, expect, it } from '@jest/globals';
import { anyCode, code, isCode, isUri, status, uri } from '../../../src/fhir/datatypes/code.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';

describe("FHIR's grammar of a code", () => {
  it('allows single spaces inside only', () => {
    expect(['a', 'a b', 'a b c', '10%', 'é'].map(isCode)).toStrictEqual([true, true, true, true, true]);
    expect(
      ['', ' ', ' a', 'a ', 'a  b', '\ta', 'a\tb', 'a\n', 'a\u00a0', 'a\u0000b', '\ud800', 1, null].filter(isCode),
    ).toStrictEqual([]);
  });
});

describe("FHIR's grammar of a uri", () => {
  it('allows no white space', () => {
    expect(['http://a.org/b?c=d|e#f', 'urn:oid:1.2', 'x', '../y'].map(isUri)).toStrictEqual([true, true, true, true]);
    expect(['', ' ', 'a b', 'a\n', ' a', 'a\u00a0b', 'a\u0007', 7].filter(isUri)).toStrictEqual([]);
  });

  it('is asked of a payload', () => {
    const scope = payloadScope({});
    expect(uri().admit('http://a.org', scope)).toBe('http://a.org');
    expect(uri().admit('a b', scope)).toBeUndefined();
    expect(uri().admit('', scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => issue.id)).toStrictEqual(['uri-grammar', 'payload-empty-omitted']);
  });

  it('is stricter with the URNs of a payload than with those of a resource', () => {
    for (const urn of ['urn:uuid:C757873D-EC9A-4326-A141-556F43239520', 'urn:oid:3.1']) {
      expect(uri().admit(urn, payloadScope({}))).toBeUndefined();
      expect(uri().read(urn, readScope('Task', {}))).toBe(urn);
    }
    expect(uri().read('a b', readScope('Task', {}))).toBeUndefined();
  });
});

describe('a closed set of codes', () => {
  const codec = code(['N', 'R'], { U: 'N' });

  it('reads its codes, equivalents as the one they stand for, and no other', () => {
    const read = (value: unknown): string | undefined => codec.read(value, readScope('Composition', {}));
    expect(['N', 'R', 'U', 'V', 'n', '', 'constructor', 1, ['N']].map(read)).toStrictEqual([
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

  it('is partial, and lossy with equivalents', () => {
    expect(codec.fidelity).toBe('lossy');
    expect(code(['N']).fidelity).toBe('partial');
    expect(codec.schema).toStrictEqual({ type: 'string', enum: ['N', 'R'] });
  });
});

describe('a status', () => {
  const read = (value: unknown) => {
    const scope = readScope('Task', {});
    return { status: status(['done', 'open']).read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
  };

  it('refuses the record by name where it has no equivalent', () => {
    expect(read('done')).toStrictEqual({ status: 'done', ids: [] });
    expect(read('unknown')).toStrictEqual({ status: undefined, ids: ['status-unsupported'] });
  });

  it.each(['entered-in-error', 'Entered in Error', ' entered_in_error'])(
    'tells a retraction from other statuses: %s',
    (value) => {
      expect(read(value)).toStrictEqual({ status: undefined, ids: ['status-entered-in-error'] });
    },
  );
});

describe('any code', () => {
  it('is read and admitted by its grammar', () => {
    const scope = payloadScope({});
    expect(anyCode().read(' a', readScope('Task', {}))).toBeUndefined();
    expect(anyCode().admit('a b', scope)).toBe('a b');
    expect(anyCode().admit(' a', scope)).toBeUndefined();
    expect(anyCode().admit('\u0001', scope)).toBeUndefined();
    expect(anyCode().admit('', scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => [issue.id, issue.severity])).toStrictEqual([
      ['code-grammar', 'error'],
      ['text-invalid-character', 'error'],
      ['payload-empty-omitted', 'information'],
    ]);
  });
});
