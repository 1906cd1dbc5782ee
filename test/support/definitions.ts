import fc from 'fast-check';

const BASE = 'http://example.org/fhir/';
export const URLS = [`${BASE}p`, `${BASE}q`, `${BASE}r`, 'http://hl7.org/fhir/StructureDefinition/Patient'];

const url = fc.constantFrom(...URLS, `${BASE}p|1.0.0`, `${BASE}none`);
const path = fc.constantFrom(
  ...[
    'Patient',
    'Patient.name',
    'Patient.name.given',
    'Patient.identifier',
    'Patient.identifier.system',
    'Patient.extension',
  ],
  ...[
    'Patient.extension.url',
    'Patient.contained',
    'Patient.deceased[x]',
    'Patient.deceasedBoolean',
    'Patient.link.other',
  ],
  ...[
    'Patient.nothing',
    'Patient.name.given.extension',
    'Extension',
    'Extension.url',
    'Extension.value[x]',
    '',
    '.',
    'Patient..name',
  ],
);
const slice = fc.constantFrom('', ':a', ':b', ':a/x', ':@default', ':', ':a:b');
const expression = fc.constantFrom(
  ...[
    "name.matches('^(a+)+$')",
    "id.matches('(a|a)*b')",
    "name.given.matches('([a-z]+)*1')",
    "id.matches('(')",
    'repeat($this)',
  ],
  ...[
    "name.repeat('a' & $this)",
    "name.given.replaceMatches('(a*)*b', '')",
    'descendants().select(%resource.descendants())',
  ],
  ...[
    'true',
    'false',
    '1',
    'name.',
    '',
    '(((((',
    "iif(true, 'a'",
    '%x',
    'resolve()',
    'name.nothing()',
    "$this.join('')",
    '{}',
  ],
  ...[
    "'a'.select($this & $this).select($this & $this).select($this & $this)",
    'name[0]',
    '-1',
    '1 year',
    '@2020',
    '`a`',
    "'",
  ],
  ...[
    "name.given.matches('((){9}){9}')",
    "id.matches('a{9999}')",
    'name.all(given.all(matches(%resource.id)))',
    'children().children()',
  ],
);
const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('urn:a', 'a', 1, true, { system: 'urn:a' }));
const strange = fc.oneof({ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

/** A property that is what it should be, mostly; else anything of JSON, or nothing. */
const or = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

const type = fc.record({
  code: or(
    fc.constantFrom('Reference', 'Identifier', 'HumanName', 'boolean', 'dateTime', 'Extension', 'string', 'Resource'),
  ),
  profile: or(fc.array(url, { maxLength: 2 })),
  targetProfile: or(fc.array(url, { maxLength: 2 })),
});
const discriminator = fc.record({
  type: or(fc.constantFrom('value', 'pattern', 'type', 'profile', 'exists')),
  path: or(
    fc.constantFrom('$this', 'system', 'url', 'resolve()', "extension('x').value", 'resolve().name', 'a b', '', '..'),
  ),
});
const element = fc
  .tuple(
    path,
    slice,
    fc.record(
      {
        id: or(fc.constant('')),
        min: or(fc.integer({ min: 0, max: 3 })),
        max: or(fc.constantFrom('*', '0', '1', '2')),
        type: or(fc.array(type, { maxLength: 2 })),
        fixedString: or(value),
        patternIdentifier: or(value),
        minValueInteger: or(value),
        maxLength: or(fc.integer({ min: 0, max: 5 })),
        slicing: or(
          fc.record({
            discriminator: or(fc.array(discriminator, { maxLength: 2 })),
            rules: or(fc.constantFrom('open', 'closed', 'openAtEnd')),
            ordered: or(fc.boolean()),
          }),
        ),
        binding: or(
          fc.record({
            strength: or(fc.constantFrom('required', 'extensible')),
            valueSet: or(fc.constantFrom(`${BASE}v`, `${BASE}w`)),
          }),
        ),
        constraint: or(
          fc.array(
            fc.record({
              key: or(fc.constantFrom('k-1', 'k-2')),
              severity: or(fc.constant('error')),
              human: or(fc.constant('x')),
              expression: or(expression),
            }),
            {
              maxLength: 2,
            },
          ),
        ),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([at, name, { id, ...rules }]) => ({
    ...rules,
    path: at,
    ...(id === '' ? { id: `${at}${name}` } : { id }),
    ...(name === '' ? {} : { sliceName: name.slice(1) }),
  }));

const structure = fc.record({
  resourceType: fc.constant('StructureDefinition'),
  url: or(fc.constantFrom(...URLS)),
  version: or(fc.constantFrom('1.0.0', '2.0.0')),
  type: or(fc.constantFrom('Patient', 'Patient', 'Extension', 'Resource', 'Nothing')),
  kind: or(fc.constantFrom('resource', 'complex-type', 'logical')),
  abstract: or(fc.constant(false)),
  baseDefinition: or(url),
  context: or(
    fc.array(fc.record({ type: or(fc.constantFrom('element', 'extension')), expression: or(path) }), { maxLength: 2 }),
  ),
  differential: or(fc.record({ element: or(fc.array(or(element), { maxLength: 6 })) })),
  snapshot: fc.option(or(fc.record({ element: or(fc.array(or(element), { maxLength: 6 })) })), { nil: undefined }),
});

const part = fc.record(
  {
    system: or(fc.constantFrom('urn:a', 'urn:b')),
    valueSet: or(fc.array(fc.constantFrom(`${BASE}v`, `${BASE}w`), { maxLength: 2 })),
    concept: or(fc.array(fc.record({ code: or(fc.constant('a')) }), { maxLength: 2 })),
    filter: or(
      fc.array(
        fc.record({
          property: or(fc.constantFrom('concept', 'code', 'x')),
          op: or(fc.constantFrom('is-a', 'descendent-of', 'regex', 'exists', '=', 'in')),
          value: or(fc.constantFrom('a', '(a+)+', 'true')),
        }),
        { maxLength: 2 },
      ),
    ),
  },
  { requiredKeys: [] },
);
const concept = fc.letrec((tie) => ({
  one: fc.record({
    code: or(fc.constantFrom('a', 'b')),
    concept: or(fc.array(tie('one'), { maxLength: 1 })),
    property: or(
      fc.array(fc.record({ code: fc.constant('parent'), valueCode: fc.constantFrom('a', 'b') }), { maxLength: 1 }),
    ),
  }),
})).one;
const terminology = fc.oneof(
  fc.record({
    resourceType: fc.constant('ValueSet'),
    url: fc.constantFrom(`${BASE}v`, `${BASE}w`),
    compose: or(
      fc.record({ include: or(fc.array(part, { maxLength: 2 })), exclude: or(fc.array(part, { maxLength: 1 })) }),
    ),
    expansion: fc.option(or(fc.record({ contains: or(fc.array(concept, { maxLength: 2 })) })), { nil: undefined }),
  }),
  fc.record({
    resourceType: fc.constant('CodeSystem'),
    url: fc.constantFrom('urn:a', 'urn:b'),
    content: or(fc.constant('complete')),
    concept: or(fc.array(concept, { maxLength: 2 })),
  }),
);

/** Definitions of a guide: missing, cyclic, contradictory and hostile ones, with anything of JSON in any place. */
export const hostileDefinitions: fc.Arbitrary<readonly unknown[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: structure },
    { weight: 3, arbitrary: terminology },
    { weight: 1, arbitrary: strange },
  ),
  { minLength: 1, maxLength: 5 },
);
