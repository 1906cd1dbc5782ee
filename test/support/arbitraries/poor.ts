// Resources as poor sources write them: without what ClinikAPI requires, and with periods whose ends differ in precision.
import fc from 'fast-check';
import { isObject, type Json, random } from './object.js';

const ABSENT = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' };

/** What stands in the place of elements that `fill` can fill in; undefined for nothing. */
const INSTEAD: { readonly [resourceType: string]: { readonly [element: string]: readonly unknown[] } } = {
  Composition: {
    author: [
      undefined,
      [{ reference: 'Organization/org-1', display: 'North Ward' }],
      [{ reference: 'PractitionerRole/role-1' }, { reference: 'Practitioner/prac-9' }],
      [{ reference: 'PractitionerRole/role-1' }],
      [{ reference: 'PractitionerRole/role-2', display: 'Dr. X' }, { display: 'Dr. Y' }],
      [{ type: 'Practitioner', identifier: { system: 'urn:npi', value: '7' } }],
      [{ reference: 'Device/d1' }, { reference: 'Patient/pt_1' }],
      [{}],
    ],
    title: [undefined, ' ', 'x'.repeat(501)],
    type: [undefined, { coding: [ABSENT] }, { text: ' ' }, {}, { coding: [{ system: 'urn:local', code: '7' }] }],
  },
  Encounter: {
    class: [
      undefined,
      {},
      ABSENT,
      { system: 'urn:local', code: '7' },
      { system: 'urn:local', code: '7', display: 'Ward' },
    ],
  },
  ClinicalImpression: {
    summary: [undefined, '', 'x'.repeat(5001)],
    description: [undefined, ' '],
    text: [undefined, { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml"/>' }],
  },
};

/** Leaves out digits of one end of some periods, or makes the end a part of the start; none is reversed by that. */
function roughened(value: unknown, below: (n: number) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => roughened(item, below));
  if (!isObject(value)) return value;
  const made = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, roughened(item, below)]));
  const { start, end } = made;
  if (typeof start !== 'string' || typeof end !== 'string' || below(2) === 0) return made;
  const digits = [4, 7, 10][below(3)] ?? 10;
  const ends = [{ start: start.slice(0, digits) }, { end: end.slice(0, digits) }, { end: start.slice(0, digits) }];
  return { ...made, ...ends[below(ends.length)] };
}

function poorer(resource: Json, seed: number): Json {
  const below = random(seed);
  const rough = roughened(resource, below);
  const made: Json = isObject(rough) ? rough : resource;
  for (const [element, others] of Object.entries(INSTEAD[String(resource.resourceType)] ?? {})) {
    if (below(2) === 0) continue;
    const other = others[below(others.length)];
    if (other === undefined) delete made[element];
    else made[element] = other;
  }
  return made;
}

/** A resource, two times in three as a poor source writes it. */
export function poor(resource: fc.Arbitrary<object>): fc.Arbitrary<{ resourceType: string }> {
  return fc
    .tuple(resource, fc.nat())
    .map(([made, seed]) => (seed % 3 === 0 ? made : poorer({ ...made }, seed)) as { resourceType: string });
}
