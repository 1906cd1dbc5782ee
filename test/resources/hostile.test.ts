import { describe, expect, it } from '@jest/globals';
import { readDiv } from '../../src/fhir/narrative/shown.js';
import { divOf } from '../../src/fhir/narrative/written.js';
import { documents, encounters, labs } from '../../src/index.js';
import { ensure } from '../support/ensure.js';

/**
 * Input of hostile size. A test never asserts a time; these would run for minutes, or overflow the stack, if something took
 * more than linear time or recursed along a list.
 */
describe('input of hostile size', () => {
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/a' },
  };

  it('is put over, with 150,000 items that cannot be read', () => {
    const onto = { ...report, result: Array.from({ length: 150_000 }, () => ({ display: 'x' })) };
    const put = labs.safeToFhir(
      { status: 'final', code: 'x', patientId: 'a', resultIds: ['o1'] },
      { onto: onto as never },
    );
    ensure(put.ok);
    expect(put.resource.result?.length).toBe(150_001);
  });

  it('is aligned, with 200,000 equal items', () => {
    const result = Array.from({ length: 200_000 }, () => ({ reference: 'Observation/o' }));
    const onto = { ...report, result };
    const resultIds = [...result.map(() => 'o'), 'p'];
    const put = labs.safeToFhir({ status: 'final', code: 'x', patientId: 'a', resultIds }, { onto: onto as never });
    ensure(put.ok && put.resource.result?.length === 200_001);
  });

  it('has its orphans dropped, 10,000 of them', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index);
    const onto = {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/a' },
      contained: many.map((index) => ({ resourceType: 'Practitioner', id: `p${index}` })),
      reasonCode: [
        { text: 'x', extension: many.map((index) => ({ url: 'urn:x', valueReference: { reference: `#p${index}` } })) },
      ],
    };
    const put = encounters.safeToFhir({ status: 'finished', class: 'AMB', patientId: 'a' }, { onto: onto as never });
    ensure(put.ok && put.resource.contained === undefined);
  });

  it('is a date with a million zeros', () => {
    const start = `2025-01-01T00:00:00.${'0'.repeat(1e6)}1Z`;
    const payload = {
      status: 'finished' as const,
      class: 'AMB',
      patientId: 'a',
      period: { start, end: `${start.slice(0, -2)}2Z` },
    };
    expect(encounters.validatePayload(payload)).toStrictEqual([]);
  });

  it('is a narrative of flat or of deep markup', () => {
    const cells = `<div><table><tr>${'<td>x</td>'.repeat(100_000)}</tr></table></div>`;
    expect(readDiv(cells).text.length).toBe(199_999);
    expect(readDiv(`<div>${'<b>'.repeat(1e5)}x${'</i>'.repeat(1e5)}</div>`).tooDeep).toBe(true);
    expect(readDiv(`<div>${'<p><div>'.repeat(5e4)}x</div>`).tooDeep).toBe(true);
    expect(readDiv(divOf('&'.repeat(1e6))).text.length).toBe(1e6);
  });

  it('is a document of more sections within sections than can be followed, which is refused, and of fewer, which survives', () => {
    const nested = (depth: number) => {
      let section: object = { title: 't', text: 'x' };
      for (let level = 1; level < depth; level += 1) section = { title: 't', text: 'x', sections: [section] };
      return { status: 'final', type: 'x', patientId: 'a', practitionerId: 'p', title: 't', sections: [section] };
    };
    const created = documents.safeToFhir(nested(95));
    ensure(created.ok);
    expect(documents.fromFhir(created.resource).payload).toStrictEqual(nested(95));
    for (const depth of [96, 97, 98, 99, 100, 101, 102, 110]) {
      const made = documents.safeToFhir(nested(depth));
      if (made.ok) expect(documents.fromFhir(made.resource).payload).toStrictEqual(nested(depth));
      else expect(made.issues.map((issue) => issue.id)).toStrictEqual(['too-deep']);
    }
  });
});
