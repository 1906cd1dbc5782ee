// How the time of validate grows with what a record holds most of: npm run bench:linear
// Ten times the input may take at most twelve times the CPU, up to 100,000 items.
import { validate } from '../src/validate/validate.js';

type Json = Record<string, unknown>;

const listOf = (n: number, make: (index: number) => unknown): unknown[] => Array.from({ length: n }, (_, i) => make(i));
const observation = (more: Json): Json => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
});
const codings = (system: string) => (n: number) => listOf(n, (i) => ({ system, code: `c${i}` }));
const patient = (more: Json): Json => ({ resourceType: 'Patient', ...more });

const SHAPES: Readonly<Record<string, (n: number) => Json>> = {
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

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 3;
const MOST = 12;

/** The milliseconds of CPU that validate takes, at best. */
function cpuOf(input: Json): number {
  const times = listOf(ROUNDS, () => {
    const before = process.cpuUsage();
    const [first] = validate(input).issue;
    if (first?.details?.coding?.[0]?.code !== 'valid') throw new Error('the input is not valid');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times.map(Number));
}

let worst = 0;
for (const [name, make] of Object.entries(SHAPES)) {
  cpuOf(make(SIZES[0] ?? 1));
  const times = SIZES.map((size) => cpuOf(make(size)));
  const growth = times.slice(1).map((time, index) => time / (times[index] ?? time));
  // What takes less than some milliseconds is mostly noise.
  worst = Math.max(worst, ...growth.filter((_, index) => (times[index] ?? 0) >= 5));
  const figures = times.map((time, index) => `${SIZES[index]}: ${time.toFixed(0)} ms`).join(', ');
  console.log(`${growth.map((one) => `${one.toFixed(1)} ×`).join(', ')}  ${name} (${figures})`);
}
console.log(`${worst.toFixed(1)} × at most for ten times the input; ${MOST} are allowed`);
if (worst > MOST) process.exitCode = 1;
