import { RESOURCE_TYPES } from '../../../src/fhir/generated/resourceTypes.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { type Fault, inNode, oneOf } from '../fault.js';
import { type Node, nodesOf, put } from '../places.js';

const UUID = 'c757873d-ec9a-4326-a141-556f43239520';
const HL7 = 'http://hl7.org/fhir/StructureDefinition/';

const isReference = ({ structure }: Node): boolean => structure.path === 'Reference';

/** Places for a Reference, each with the types that it may point at. */
function referencesOf(nodes: readonly Node[]) {
  return nodes.flatMap((node) =>
    [...node.structure.properties]
      .filter(([, { type }]) => type === 'Reference')
      .map(([name, property]) => ({ node, name, property, targets: property.element.targets ?? [...RESOURCE_TYPES] })),
  );
}

/** Puts a reference that is made of a type which is right there, and of one which is not. */
function reference(made: readonly ((right: string, wrong: string) => JsonObject)[]): Fault {
  return ({ resource, dice }) => {
    const place = dice.pick(referencesOf(nodesOf(resource)));
    const one = dice.pick(made);
    if (place === undefined || one === undefined) return undefined;
    const { targets } = place;
    const right = dice.pick(targets) ?? 'Patient';
    const wrong = dice.pick([...RESOURCE_TYPES].filter((type) => !targets.includes(type))) ?? right;
    put(place.node, place.name, place.property, one(right, wrong));
    return resource;
  };
}

const texts = (made: readonly ((right: string, wrong: string) => string)[]): Fault =>
  reference(made.map((one) => (right, wrong) => ({ reference: one(right, wrong) })));

const organization = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'Organization',
  id: 'o',
  name: 'x',
  ...more,
});

const containing = (made: readonly ((node: Node, resource: JsonObject) => void)[]): Fault =>
  inNode(
    ({ isResource, structure }) => isResource && structure.properties.has('contained'),
    [
      ...made.map(
        (one) =>
          (node: Node, { resource }: { resource: JsonObject }) =>
            one(node, resource),
      ),
    ],
  );

const refer = ({ object }: Node, ...references: readonly string[]): void => {
  object.extension = references.map((to) => ({ url: 'http://x.example/e', valueReference: { reference: to } }));
};

export const referenceFaults: Readonly<Record<string, Fault>> = {
  'the type of a reference': reference([
    (right) => ({ reference: `${right}/1`, type: right }),
    (right, wrong) => ({ reference: `${right}/1`, type: wrong }),
    (right) => ({ reference: `${right}/1`, type: `${HL7}${right}` }),
    (right) => ({ type: `${HL7}${right}`, display: 'x' }),
    (right) => ({ reference: `${right}/1`, type: 'http://x.example/y' }),
    () => ({ type: 'Foo', display: 'x' }),
    (right) => ({ type: right.toLowerCase(), display: 'x' }),
    (_, wrong) => ({ type: wrong, display: 'x' }),
    (right) => ({ type: right, display: 'x' }),
    (right) => ({ type: 'Resource', reference: `${right}/1` }),
    () => ({ type: 'DomainResource', display: 'x' }),
    (right) => ({ type: right, identifier: { system: 'http://x.example', value: '1' } }),
  ]),
  'a reference of another form': texts([
    () => 'foo',
    () => 'Foo/1',
    (right) => right,
    (right) => `${right}/a_b`,
    (right) => `../${right}/1`,
    (right) => `/${right}/1`,
    (right) => `${right}/1|2`,
    () => UUID,
    (right) => `${right}/1/_history/2`,
    (right) => `${right}/`,
    (right) => `${right}/1/2`,
    (right) => `${right}/${'a'.repeat(65)}`,
    (right) => `${right}/1#x`,
    (right) => `${right}/a b`,
    () => 'Patient 1',
  ]),
  'a reference to another type': texts([
    (_, wrong) => `${wrong}/1`,
    (_, wrong) => `http://x.example/fhir/${wrong}/1`,
    (_, wrong) => `${wrong}/1/_history/1`,
    (right) => `${right}/1`,
    (right) => `http://x.example/fhir/${right}/1`,
  ]),
  'an absolute reference': texts([
    (right) => `https://x y/${right}/1`,
    (right) => `http://x.example/${right}/a_b`,
    (right) => `http://x.example/${right}/a b`,
    (right) => `http://x.example/fhir/${right}/1/_history/1`,
    (right) => `http://x.example/fhir/${right}`,
    () => 'http://x.example/anything',
    () => 'http://[',
    () => `urn:uuid:${UUID}`,
    () => `urn:uuid:${UUID.toUpperCase()}`,
    () => 'urn:uuid:xyz',
    () => 'urn:oid:1.2.3',
    () => 'urn:oid:2.16.840.1.113883.19.5',
    () => 'urn:oid:3.1',
    () => 'mailto:ann@x.example',
    (right) => ` http://x.example/${right}/1`,
  ]),
  'a reference that is a search': texts([
    (right) => `${right}?identifier=http://x.example|1`,
    (right) => `${right}?foo`,
    (right) => `${right}?`,
    (_, wrong) => `${wrong}?identifier=1`,
    (right) => `${right}?name=a b`,
  ]),
  'a reference to what is contained': oneOf(
    texts([() => '#nowhere', () => '#', () => '#a b', () => '# ']),
    containing([
      (node, resource) => {
        resource.contained = [organization()];
        refer(node, '#o');
      },
      (node) => {
        node.object.contained = [organization()];
      },
      (node) => {
        node.object.contained = [organization({ partOf: { reference: '#o' } })];
      },
      (node) => {
        node.object.contained = [
          organization({ partOf: { reference: '#p' } }),
          organization({ id: 'p', partOf: { reference: '#o' } }),
        ];
      },
      (node) => {
        node.object.contained = [organization(), organization()];
        refer(node, '#o');
      },
      (node) => {
        node.object.contained = [organization({ id: '#o' })];
        refer(node, '#o');
      },
      (node) => {
        node.object.contained = [organization({ endpoint: [{ reference: '#' }] })];
      },
      (node) => {
        node.object.contained = [organization({ partOf: { reference: '#p' } }), organization({ id: 'p' })];
        refer(node, '#o');
      },
      (node) => {
        node.object.contained = [organization()];
        refer(node, '#p', '#o');
      },
      (node) => {
        node.object.contained = [organization()];
        node.object.extension = [
          { url: 'http://x.example/e', valueUri: '#o' },
          { url: 'http://x.example/f', valueCanonical: '#o' },
        ];
      },
    ]),
  ),
  'a reference of nothing': reference([
    () => ({ identifier: { value: '1' } }),
    () => ({ display: 'x' }),
    () => ({ identifier: {} }),
    () => ({ reference: '' }),
    () => ({ reference: '#' }),
    () => ({ id: 'x' }),
    () => ({ extension: [{ url: 'http://x.example/e', valueString: 'x' }] }),
    (right) => ({ Reference: `${right}/1` }),
    (right) => ({ reference: { reference: `${right}/1` } }),
  ]),
  'a reference that names an element': inNode(isReference, [
    ({ object }) => {
      object.reference = '#';
    },
    ({ object }) => {
      delete object.reference;
    },
    ({ object }, { dice }) => {
      object.reference = `${dice.pick([...RESOURCE_TYPES]) ?? 'Patient'}/1`;
    },
  ]),
};
