import { type Fault, inNode, ofType, raw, values } from '../fault.js';

const UUID = 'c757873d-ec9a-4326-a141-556f43239520';

/** URNs of which some are no UUIDs or OIDs. */
export const URNS: readonly string[] = [
  `urn:uuid:${UUID}`,
  `urn:uuid:${UUID.toUpperCase()}`,
  `URN:UUID:${UUID}`,
  'urn:uuid:xyz',
  'urn:uuid:',
  `urn:uuid:${UUID.slice(1)}`,
  `urn:uuid:{${UUID}}`,
  `urn:uuid:${UUID}1`,
  UUID,
];
const OIDS: readonly string[] = [
  'urn:oid:2.16.840.1.113883.6.1',
  'urn:oid:1.2.3',
  'urn:oid:3.1',
  'urn:oid:1.02.840.1',
  'urn:oid:1',
  'urn:oid:',
  'urn:oid:2.16.840.x',
  'urn:oid:2.16..840',
  'urn:oid:2.16.840.',
  '2.16.840.1.113883.6.1',
];
const ABSOLUTE: readonly string[] = [
  'http://x.example/a b',
  'http://[',
  'http://a/%zz',
  'http://x.example/<x>',
  'http://x.example/{id}',
  'http://x.example/a"b',
  'http://x.example/ü',
  'http://x.example/a\tb',
  'http://x.example/a ',
  'mailto:ann@x.example',
  'x y',
  ' ',
  'http://x.example/ok?a=b#c',
];
const RELATIVE: readonly string[] = ['x', 'foo/bar', '#x', '/x', '../x', 'Foo|1', '?a=b'];

const DATES = [
  '2020-02-30',
  '2020-13',
  '20',
  '2020-1-1',
  '2020-01-01T00:00:00Z',
  ' 2020',
  '0000',
  '2021-02-29',
  '2020-02-29',
  '1900',
];
const TIMES = [
  '2020-02-07T13:28',
  '2020-02-07T13:28:17',
  '2020-02-07T24:00:00Z',
  '2020-02-07T13:28:60Z',
  '2016-12-31T23:59:60Z',
  '2020-02-07T13:28:17.5+14:00',
  '2020-02-07T13:28:17+15:00',
  '2020-02-07 13:28:17Z',
  '2020-02-07T13:28:17z',
  '2020-02-30T13:28:17Z',
  '2020-02-07T13:28:17,5Z',
  '2020-02-07T13:28:17.123456789Z',
  '2020-02-07T13:28:17-00:00',
  '2020-02-07T13Z',
];

const NUMBERS = ofType('integer', 'positiveInt', 'unsignedInt');
const STRINGS = ofType('string', 'markdown');

export const primitiveFaults: Readonly<Record<string, Fault>> = {
  'an integer written otherwise': values(NUMBERS, [raw('1.0'), raw('1e2'), raw('-0'), raw('1E0'), raw('2.00'), 1]),
  'an integer out of its range': values(NUMBERS, [
    0,
    -1,
    2147483648,
    1.5,
    '1',
    raw('99999999999999999999'),
    2147483647,
  ]),
  'a decimal': values(ofType('decimal'), [
    raw('1e400'),
    raw('-1e400'),
    raw('1e-400'),
    raw('1.00'),
    raw('12345678901234567890.123456789'),
    '1.0',
    'x',
    null,
    raw('1E2'),
  ]),
  'a date': values(ofType('date'), DATES),
  'a dateTime': values(ofType('dateTime'), [...DATES, ...TIMES]),
  'an instant': values(ofType('instant'), [...TIMES, '2020', '2020-02-07', '2020-02-07T13:28:17Z']),
  'a time': values(ofType('time'), [
    '24:00:00',
    '13:28',
    '13:28:17Z',
    '13:28:60',
    '1:28:17',
    '13:28:17.5',
    '23:59:59',
    'x',
  ]),
  'white space in a code': values(ofType('code'), ['a\tb', 'a  b', ' a', 'a ', 'a\nb', 'a b', '\u00a0', 'a\u00a0b']),
  'the id of a resource': inNode(
    ({ isResource }) => isResource,
    [
      ...['a_b', 'a b', '', 'a'.repeat(65), 'ä', 'a/b', '#a', 'A.b-1', 1].map(
        (id) =>
          ({ object }: { object: Record<string, unknown> }) => {
            object.id = id;
          },
      ),
    ],
  ),
  'the id of an element': inNode(
    ({ isResource }) => !isResource,
    [
      ...['a b', ' a', '', 'a', 'a_b', 'a'.repeat(65), 1, 'a\tb'].map(
        (id) =>
          ({ object }: { object: Record<string, unknown> }) => {
            object.id = id;
          },
      ),
    ],
  ),
  'an id that two elements have': (scene) => {
    const give = inNode(
      ({ isResource }) => !isResource,
      [
        ({ object }) => {
          object.id = 'twice';
        },
      ],
    );
    return give(scene) && give(scene);
  },
  'control characters': values(STRINGS, [
    'a\u0007b',
    '\u0000',
    'a\u001fb',
    'a\tb',
    'a\r\nb',
    'a\u007fb',
    'a\u0085b',
    'a\u000bb',
  ]),
  'a text of nothing': values(STRINGS, ['', ' ', '\u00a0', '\ufeff', '\u200b', '\n', '\u2003', ' a ', '\u3000']),
  base64: values(ofType('base64Binary'), [
    'YWJj',
    'YW Jj',
    'YWJ',
    'YW=j',
    'YWJj\n',
    '====',
    'YW-j',
    ' ',
    'YQ==',
    'YR==',
  ]),
  'a URN of a UUID': values(ofType('uri', 'url', 'canonical', 'uuid'), URNS),
  'a URN of an OID': values(ofType('uri', 'url', 'canonical', 'oid'), OIDS),
  'a URI that is none': values(ofType('uri', 'url', 'canonical'), ABSOLUTE),
  'a URI that is relative': values(ofType('uri', 'url', 'canonical'), RELATIVE),
  'a canonical': values(ofType('canonical'), [
    '#nowhere',
    'foo',
    'http://x.example/a|1',
    'http://x.example/a|1|2',
    '|1',
    'http://x.example/a#b',
    'http://x.example/a |1',
  ]),
  'an Identifier of a URI': values(ofType('Identifier'), [
    ...[...URNS, ...OIDS, ...ABSOLUTE, ...RELATIVE].map((value) => ({ system: 'urn:ietf:rfc:3986', value })),
  ]),
  'a system of an Identifier': values(ofType('Identifier'), [
    ...[...URNS, ...OIDS, ...ABSOLUTE, ...RELATIVE].map((system) => ({ system, value: '1' })),
  ]),
};
