// What every resource may carry besides its own elements: id, meta, narrative, contained resources, extensions anywhere.
import fc from 'fast-check';
import { anyKeyOrder, choice, isObject, type Json, merge, object, pick, random } from '../object.js';
import { containedIn } from './contained.js';
import { meta } from './datatypes.js';
import { narrative } from './narrative.js';
import { fhirId } from './references.js';

const EXAMPLE = 'https://example.org/fhir/StructureDefinition';

export const ABSENT_REASON: Json = {
  url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  valueCode: 'unknown',
};

const EXTENSIONS: readonly Json[] = [
  { url: `${EXAMPLE}/note`, valueString: ' a <b> & "c"\r\n' },
  { url: `${EXAMPLE}/flag`, valueBoolean: false },
  { url: `${EXAMPLE}/count`, valueInteger: 0 },
  { url: `${EXAMPLE}/when`, valueDateTime: '2024-02' },
  { url: `${EXAMPLE}/kind`, valueCodeableConcept: { coding: [{ code: 'I10' }], text: '😀' } },
  { url: `${EXAMPLE}/who`, valueReference: { reference: 'Practitioner/p1', display: 'P' } },
  {
    url: `${EXAMPLE}/nested`,
    extension: [
      { url: 'a', valueCode: 'x' },
      { url: 'b', valueDecimal: 1.5 },
    ],
  },
  { url: 'http://hl7.org/fhir/StructureDefinition/originalText', valueString: 'as it was' },
];

/** Names whose value takes no extension, or is one. */
const BARE = new Set(['resourceType', 'id', 'div', 'extension', 'url', 'contained', 'implicitRules']);

type Below = (below: number) => number;

const some = (below: Below): Json[] =>
  [EXTENSIONS[below(EXTENSIONS.length)], below(6) === 0 ? EXTENSIONS[below(EXTENSIONS.length)] : undefined].flatMap(
    (made) => (made ? [structuredClone(made)] : []),
  );

/** Extensions and element ids here and there, on objects and beside primitive values. */
function extended(element: Json, below: Below, ids: { next: number }, root = true): Json {
  const made: Json = {};
  const sibling = (): Json => (below(4) === 0 ? { id: `e${ids.next++}` } : { extension: some(below) });
  for (const [key, value] of Object.entries(element)) {
    made[key] = value;
    if (BARE.has(key) || key.startsWith('_')) continue;
    if (isObject(value)) made[key] = extended(value, below, ids, false);
    else if (Array.isArray(value)) {
      made[key] = value.map((item) => (isObject(item) ? extended(item, below, ids, false) : item));
      const marked = value.map((item) => (isObject(item) || below(4) > 0 ? null : sibling()));
      if (marked.some((item) => item !== null) && !(`_${key}` in element)) made[`_${key}`] = marked;
    } else if (below(9) === 0 && !(`_${key}` in element)) made[`_${key}`] = sibling();
  }
  if (made.extension === undefined && below(8) === 0) made.extension = some(below);
  if (!root && made.id === undefined && below(20) === 0) made.id = `e${ids.next++}`;
  return made;
}

const seed = (plain: number) => pick(choice(plain, fc.constant(0)), choice(1, fc.integer({ min: 1, max: 0x7fffffff })));

/** A resource out of its own elements; half of them have extensions. */
export function resource(resourceType: string, elements: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const frame = merge(
    object({ resourceType: fc.constant(resourceType) }),
    pick(choice(12, object({ id: fhirId() })), choice(1, object({}))),
    object(
      {},
      {
        language: fc.constantFrom('en', 'de-CH'),
        meta: meta(),
        text: narrative('generated', 'additional', 'extensions'),
      },
    ),
  );
  return anyKeyOrder(
    fc.tuple(merge(frame, elements), seed(1), fc.nat(1000)).map(([body, extensions, variant]) => {
      const contained = containedIn(body, variant);
      const made = extensions === 0 ? body : extended(body, random(extensions), { next: 1 });
      return contained.length === 0 ? made : { ...made, contained };
    }),
  );
}
