import { isPrimitiveType } from '../../../src/fhir/definitions.js';
import { clone, type JsonObject } from '../../../src/lens/json.js';
import { again, existing, type Fault, inNode, ofType, oneOf, values } from '../fault.js';
import { nodesOf, put, replace, spotsOf } from '../places.js';

const isPrimitive = (_: string, type: string): boolean => isPrimitiveType(type);
const isComplex = (_: string, type: string): boolean => !isPrimitiveType(type) && type !== 'Resource';

const unknownProperty = inNode(
  () => true,
  [
    ({ object }) => {
      object.foo = 'x';
    },
    ({ object }) => {
      object.valueFoo = 'x';
    },
    ({ object }) => {
      object._foo = { id: 'x' };
    },
    ({ object }, { dice }) => {
      const name = dice.pick(Object.keys(object).filter((key) => key !== 'resourceType'));
      if (name === undefined) return;
      object[`${name}s`] = object[name];
      delete object[name];
    },
  ],
);

const wrongJsonType = oneOf(
  existing(isPrimitive, [1, true, { value: 'x' }, '1', 'true', null, [null], 0.5]),
  existing(isComplex, ['x', 1, true, null, [null]]),
);

const listOrNot: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ index }) => index === undefined || index === 0));
  if (spot === undefined) return undefined;
  const { node, name, index, value } = spot;
  node.object[name] = index === undefined ? [value] : value;
  return resource;
};

const emptyValue = oneOf(
  existing(isComplex, [{}, [], '']),
  existing(isPrimitive, ['', ' ', [], {}]),
  inNode(
    () => true,
    [
      ({ object }) => {
        object.extension = [];
      },
      ({ object }) => {
        object.extension = [{}];
      },
    ],
  ),
);

const idAlone = existing(isComplex, [{ id: 'x' }, { extension: [{ url: 'http://x.example/e', valueString: 'x' }] }]);

const missingElement: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ element }) => element.isRequired));
  if (spot === undefined) return undefined;
  delete spot.node.object[spot.name];
  return resource;
};

const removed: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)));
  if (spot === undefined) return undefined;
  delete spot.node.object[spot.name];
  return resource;
};

const severalChoices: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ element }) => element.isChoice));
  if (spot === undefined) return undefined;
  const others = [...spot.node.structure.properties].filter(
    ([name, { element, type }]) => element === spot.element && name !== spot.name && type in PLAIN,
  );
  const [other, { type }] = dice.pick(others) ?? ['', { type: '' }];
  if (other === '') {
    spot.node.object[`${spot.element.name}Foo`] = 'x';
    return resource;
  }
  spot.node.object[other] = PLAIN[type];
  return resource;
};

const PLAIN: Readonly<Record<string, unknown>> = {
  string: 'x',
  boolean: true,
  integer: 1,
  dateTime: '2020',
  CodeableConcept: { text: 'x' },
  Quantity: { value: 1 },
  Reference: { display: 'x' },
  Period: { start: '2020' },
  Age: { value: 1, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' },
};

const sibling: Fault = ({ resource, dice }) => {
  const spots = spotsOf(nodesOf(resource));
  const beside = dice.pick([
    { id: 'x' },
    { extension: [{ url: 'http://x.example/e', valueString: 'x' }] },
    {},
    'x',
    [null],
  ]);
  const spot = dice.pick(dice.once(3) ? spots : spots.filter(({ type }) => isPrimitiveType(type)));
  if (spot === undefined) return undefined;
  const { node, name, index } = spot;
  const length = Array.isArray(node.object[name]) ? node.object[name].length : 0;
  const lists: unknown[] = [
    [beside],
    Array(length).fill(beside),
    Array(length).fill(null),
    Array(length + 1).fill(beside),
  ];
  node.object[`_${name}`] = index === undefined || dice.once(5) ? beside : dice.pick(lists);
  if (dice.once(4)) delete node.object[name];
  return resource;
};

const siblingOfUrl: Fault = ({ resource, dice }) => {
  const node = dice.pick(nodesOf(resource).filter(({ structure }) => structure.properties.has('extension')));
  if (node === undefined) return undefined;
  const nested = { extension: [{ url: 'http://x.example/f', valueString: 'x' }] };
  node.object.extension = [{ url: 'http://x.example/e', [`_${dice.pick(['url', 'id'])}`]: nested, valueString: 'x' }];
  return resource;
};

const keyTwice: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ type }) => isPrimitiveType(type)));
  if (spot === undefined) return undefined;
  const { node, name } = spot;
  node.object[again(name)] = clone(node.object[name]);
  return resource;
};

const resourceType: Fault = ({ resource, dice }) => {
  const node = dice.pick(nodesOf(resource).filter(({ isResource }) => isResource));
  if (node === undefined) return undefined;
  const wrong = dice.pick([
    'Foo',
    'patient',
    'DomainResource',
    'Resource',
    '',
    'MedicationOrder',
    'Period',
    7,
    undefined,
  ]);
  if (wrong === undefined) delete node.object.resourceType;
  else node.object.resourceType = wrong;
  return resource;
};

const otherType: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ type }) => type !== 'Resource'));
  const from = dice.pick(spotsOf(nodesOf(resource)));
  if (spot === undefined || from === undefined) return undefined;
  replace(spot, clone(from.value));
  return resource;
};

const repeated: Fault = ({ resource, dice }) => {
  const spot = dice.pick(spotsOf(nodesOf(resource)).filter(({ index }) => index !== undefined));
  const list = spot?.node.object[spot.name];
  if (spot === undefined || !Array.isArray(list)) return undefined;
  list.push(clone(spot.value));
  return resource;
};

/** A complete value of a type in an element that takes others. */
const choiceOfWrongType: Fault = ({ resource, dice }) => {
  const choices = nodesOf(resource).flatMap((node) =>
    [...node.structure.elements.values()].filter(({ isChoice }) => isChoice).map((element) => ({ node, element })),
  );
  const found = dice.pick(choices);
  const type = dice.pick(Object.keys(PLAIN));
  if (found === undefined || type === undefined) return undefined;
  for (const [name, property] of found.node.structure.properties) {
    if (property.element === found.element) delete found.node.object[name];
  }
  found.node.object[`${found.element.name}${type.charAt(0).toUpperCase()}${type.slice(1)}`] = PLAIN[type];
  return resource;
};

const containedAgain: Fault = ({ resource, dice }) => {
  const node = nodesOf(resource)[0];
  const contained = node?.structure.properties.get('contained');
  if (node === undefined || contained === undefined) return undefined;
  const inner: JsonObject = { resourceType: 'Organization', id: 'o', name: 'x' };
  const wrong = dice.pick([
    { ...inner, contained: [{ resourceType: 'Patient', id: 'p' }] },
    { ...inner, meta: { versionId: '1' } },
    { ...inner, meta: { security: [{ system: 'http://x.example', code: 'x' }] } },
    { ...inner, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } },
    { resourceType: 'Organization', name: 'x' },
    { ...inner, foo: 1 },
    inner,
  ]);
  put(node, 'contained', contained, wrong);
  node.object.extension = [{ url: 'http://x.example/e', valueReference: { reference: '#o' } }];
  return resource;
};

export const structureFaults: Readonly<Record<string, Fault>> = {
  'a property that R4 has not': unknownProperty,
  'another type of JSON': wrongJsonType,
  'a list, or none, where R4 has it otherwise': listOrNot,
  'an empty value': emptyValue,
  'an object of an id or an extension alone': idAlone,
  'a required element that is missing': missingElement,
  'an element that is missing': removed,
  'two types of one choice': severalChoices,
  'a choice of another type': choiceOfWrongType,
  'something beside a property': sibling,
  'something beside the url or the id of an extension': siblingOfUrl,
  'a key that stands twice': keyTwice,
  'a resourceType that R4 has not': resourceType,
  'the value of another element': otherType,
  'an item that stands twice': repeated,
  'a contained resource against dom-2 to dom-5': containedAgain,
  'a boolean that is none': values(ofType('boolean'), ['true', 'false', 0, 1, null, 'x', true, false]),
};
