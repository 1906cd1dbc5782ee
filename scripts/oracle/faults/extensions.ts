import { isObject } from '../../../src/lens/json.js';
import { type Fault, inNode } from '../fault.js';
import { type Hl7Extension, hl7Extensions } from '../hl7Extensions.js';
import { type Node, nodesOf } from '../places.js';

const hasExtensions = ({ structure }: Node): boolean => structure.properties.has('extension');
const hasModifiers = ({ structure }: Node): boolean => structure.properties.has('modifierExtension');

function give({ object }: Node, extension: unknown, name = 'extension'): void {
  const before = object[name];
  object[name] = [...(Array.isArray(before) ? before : []), extension];
}

const given = (extensions: readonly unknown[]): Fault =>
  inNode(hasExtensions, [...extensions.map((one) => (node: Node) => give(node, one))]);

const VALUES: Readonly<Record<string, unknown>> = {
  Address: { text: 'x' },
  Annotation: { text: 'x' },
  base64Binary: 'YWJj',
  boolean: true,
  canonical: 'http://x.example/a',
  code: 'zzz',
  CodeableConcept: { text: 'x' },
  Coding: { system: 'http://x.example', code: 'x' },
  date: '2020',
  dateTime: '2020',
  decimal: 1.5,
  Duration: { value: 1, system: 'http://unitsofmeasure.org', code: 'd' },
  Expression: { language: 'text/fhirpath', expression: 'true' },
  HumanName: { text: 'x' },
  id: 'x',
  Identifier: { system: 'http://x.example', value: '1' },
  instant: '2020-02-07T13:28:17Z',
  integer: 1,
  markdown: 'x',
  Period: { start: '2020' },
  positiveInt: 1,
  Quantity: { value: 1 },
  Range: { low: { value: 1 } },
  Ratio: { numerator: { value: 1 }, denominator: { value: 2 } },
  Reference: { display: 'x' },
  string: 'x',
  unsignedInt: 1,
  uri: 'http://x.example/a',
  url: 'http://x.example/a',
};

const named = (type: string): string => `value${type.charAt(0).toUpperCase()}${type.slice(1)}`;

const KNOWN = hl7Extensions();

/** The last name of a path is not looked at where it is that of a primitive: what stands beside one is no node. */
const stands = ({ structure, isResource }: Node, { contexts }: Hl7Extension): boolean =>
  contexts.some((path) => path === structure.path || path === 'Element' || (isResource && path === 'Resource'));

/** One of R4's own extensions where it may stand or elsewhere, with a value of its types or of another. */
function ofHl7(where: 'right' | 'any', value: 'right' | 'any', name = 'extension'): Fault {
  return ({ resource, dice }) => {
    const nodes = nodesOf(resource).filter(name === 'extension' ? hasExtensions : hasModifiers);
    const candidates = nodes.flatMap((node) => KNOWN.filter((one) => stands(node, one)).map((one) => ({ node, one })));
    const place = where === 'right' ? dice.pick(candidates) : { node: dice.pick(nodes), one: dice.pick(KNOWN) };
    if (place?.node === undefined || place.one === undefined) return undefined;
    const types = value === 'right' ? place.one.types.filter((type) => type in VALUES) : Object.keys(VALUES);
    const type = dice.pick(types);
    if (type === undefined) return undefined;
    give(place.node, { url: place.one.url, [named(type)]: VALUES[type] }, name);
    return resource;
  };
}

const twice: Fault = (scene) => {
  const before = ofHl7('right', 'right')(scene);
  const node = before && nodesOf(before).find(({ object }) => Array.isArray(object.extension));
  const list = node?.object.extension;
  if (before === undefined || !Array.isArray(list)) return undefined;
  list.push(structuredClone(list.at(-1)));
  return before;
};

export const extensionFaults: Readonly<Record<string, Fault>> = {
  'the url of an extension': given([
    ...[
      'foo',
      '#foo',
      'foo/bar',
      '',
      ' ',
      'http://x y',
      'urn:uuid:xyz',
      'urn:oid:3.1',
      'http://x.example/e',
      'urn:oid:1.2.3',
    ].map((url) => ({
      url,
      valueString: 'x',
    })),
    { url: 'http://x.example/e', extension: [{ url: 'foo', valueString: 'x' }] },
    { valueString: 'x' },
    { url: 7, valueString: 'x' },
    { url: 'http://hl7.org/fhir/StructureDefinition/nothing', valueString: 'x' },
  ]),
  'an extension against ext-1': given([
    { url: 'http://x.example/e' },
    { url: 'http://x.example/e', valueString: 'x', extension: [{ url: 'y', valueString: 'x' }] },
    { url: 'http://x.example/e', valueString: 'x', valueBoolean: true },
    { url: 'http://x.example/e', valueFoo: 'x' },
    { url: 'http://x.example/e', value: 'x' },
    { url: 'http://x.example/e', _valueString: { id: 'x' } },
    { url: 'http://x.example/e', id: 'a b', valueString: 'x' },
  ]),
  'an extension of HL7 with a value of any type': ofHl7('right', 'any'),
  'an extension of HL7 on any element': ofHl7('any', 'right'),
  'an extension of HL7 where it may stand': ofHl7('right', 'right'),
  'an extension of HL7 twice': twice,
  'an extension of HL7 that modifies, or not': ofHl7('right', 'right', 'modifierExtension'),
  'a code of an extension of HL7': inNode(hasExtensions, [
    ...['zzz', 'unknown', 'masked'].map((valueCode) => (node: Node) => {
      give(node, { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode });
    }),
    ...['zzz', 'C'].map((valueCode) => (node: Node) => {
      give(node, { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-nullFlavor', valueCode });
    }),
  ]),
  'a modifier extension': inNode(hasModifiers, [
    (node) => give(node, { url: 'http://x.example/e', valueString: 'x' }, 'modifierExtension'),
    (node) => give(node, { url: 'http://x.example/e' }, 'modifierExtension'),
    (node) => give(node, { valueString: 'x' }, 'modifierExtension'),
  ]),
  'a modifier extension where there is none': inNode(
    (node) => !hasModifiers(node),
    [(node) => give(node, { url: 'http://x.example/e', valueString: 'x' }, 'modifierExtension')],
  ),
  'an extension that is there already': inNode(
    ({ structure }) => structure.path === 'Extension',
    [
      ({ object }) => {
        for (const key of Object.keys(object)) if (key.startsWith('value')) delete object[key];
      },
      ({ object }) => {
        delete object.url;
      },
      ({ object }) => {
        object.url = `${String(object.url)}x`;
      },
      ({ object }, { dice }) => {
        const type = dice.pick(Object.keys(VALUES));
        if (type !== undefined && !isObject(object.extension)) object[named(type)] = VALUES[type];
      },
    ],
  ),
};
