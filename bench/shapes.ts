// Resources of any size, in which what grows is of one kind.
export type Json = Record<string, unknown>;

const listOf = (n: number, make: (index: number) => unknown): unknown[] => Array.from({ length: n }, (_, i) => make(i));
const observation = (more: Json): Json => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
});
const codings = (system: string) => (n: number) => listOf(n, (i) => ({ system, code: `c${i}` }));
const patient = (more: Json): Json => ({ resourceType: 'Patient', ...more });

/** Inputs that grow in what a record holds most of, by the number of items. */
export const SHAPES: Readonly<Record<string, (n: number) => Json>> = {
  '#id references over contained resources': (n) =>
    observation({
      contained: listOf(n, (i) => ({ resourceType: 'Practitioner', id: `p${i}` })),
      performer: listOf(n, (i) => ({ reference: `#p${i}` })),
    }),
  'a ring of contained resources': (n) =>
    patient({
      managingOrganization: { reference: '#o0' },
      contained: listOf(n, (i) => ({
        resourceType: 'Organization',
        id: `o${i}`,
        name: 'x',
        partOf: { reference: `#o${(i + 1) % n}` },
      })),
    }),
  'contained resources that refer to their container': (n) =>
    patient({ contained: listOf(n, (i) => ({ ...observation({ subject: { reference: '#' } }), id: `o${i}` })) }),
  'canonicals of contained resources': (n) => ({
    resourceType: 'Questionnaire',
    status: 'draft',
    contained: listOf(n, (i) => ({ resourceType: 'ValueSet', id: `v${i}`, status: 'draft' })),
    item: listOf(n, (i) => ({ linkId: `${i}`, type: 'choice', answerValueSet: `#v${i}` })),
  }),
  'obs-7': (n) =>
    observation({
      valueString: 'x',
      code: { coding: codings('http://x.example')(n) },
      component: listOf(n, (i) => ({ code: { coding: [{ system: 'http://y.example', code: `c${i}` }] } })),
    }),
  'ids of elements': (n) => patient({ name: listOf(n, (i) => ({ id: `n${i}`, text: 'x' })) }),
  'ids of a narrative': (n) =>
    patient({
      text: {
        status: 'generated',
        div: `<div xmlns="http://www.w3.org/1999/xhtml">${listOf(n, (i) => `<p id="n${i}">x</p>`).join('')}</div>`,
      },
    }),
  'a transaction': (n) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: listOf(n, (i) => ({
      resource: patient({ id: `p${i}` }),
      request: { method: 'PUT', url: `Patient/p${i}` },
    })),
  }),
  'a document': (n) => ({
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'http://x.example', value: '1' },
    timestamp: '2024-05-01T10:00:00Z',
    entry: [
      {
        fullUrl: 'http://x.example/Composition/c',
        resource: {
          resourceType: 'Composition',
          id: 'c',
          status: 'final',
          type: { text: 'x' },
          date: '2024-05-01',
          author: [{ display: 'x' }],
          title: 'x',
          section: [{ title: 'x', entry: [{ reference: 'Patient/p0' }] }],
        },
      },
      ...listOf(n, (i) => ({
        fullUrl: `http://x.example/Patient/p${i}`,
        resource: patient({
          id: `p${i}`,
          ...(i + 1 < n ? { link: [{ other: { reference: `Patient/p${i + 1}` }, type: 'seealso' }] } : {}),
        }),
      })),
    ],
  }),
};
