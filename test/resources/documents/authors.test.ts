import { describe, expect, it } from '@jest/globals';
import { readScope } from '../../../src/fhir/scope.js';
import { firstPractitioner } from '../../../src/resources/documents/authors.js';

function read(...authors: unknown[]): unknown[] {
  const scope = readScope('Composition', {});
  const id = firstPractitioner().read(authors, scope);
  return [id, ...(scope.issues ?? []).map((issue) => `${issue.id} ${issue.expression}`)];
}

const to = (reference: string) => ({ reference });
const WARNED = 'document-author-not-first Composition[0]';

describe('the author of a document', () => {
  it('is the first practitioner, with a warning where another one stands before', () => {
    expect(read(to('Practitioner/a'), to('Patient/p'))).toStrictEqual(['a']);
    for (const before of [to('Patient/p'), to('Organization/o'), to('Device/d'), { display: 'Dr. Who' }, null])
      expect(read(before, to('Practitioner/a'))).toStrictEqual(['a', WARNED]);
  });

  it('is none where there is no practitioner, without a warning', () => {
    expect(read(to('Patient/p'))).toStrictEqual([undefined]);
    expect(firstPractitioner().read(to('Practitioner/a'), readScope('Composition', {}))).toBeUndefined();
  });
});
