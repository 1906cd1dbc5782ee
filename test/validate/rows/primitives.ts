import { DATES, EMPTY, MOMENTS, type Values, WRONG } from './dates.js';

const DIGITS = '1234567890'.repeat(2);

/** Texts of no format but that of all texts. */
const text: Values = {
  fine: [
    'a',
    ' ',
    ' a ',
    'a\tb\r\nc',
    '\u00a0',
    '\u200b',
    '\u007f',
    'é 😀 \ud800',
    '0',
    'null',
    'a'.repeat(1_048_576),
    '😀'.repeat(1_048_576),
  ],
  broken: [['', EMPTY], [7, WRONG], [true, WRONG], 'a'.repeat(1_048_577)],
};

const CONTROLLED = ['a\u0000', '\u0008', '\u000b', '\u000c', '\u001f'];

const UUID = 'c757873d-ec9a-4326-a141-556f43239520';

/** What no address is: white space, and URNs that are not written as R4 wants them. */
const noAddress: Values['broken'] = [
  ...[['', EMPTY], [7, WRONG], ' ', 'a b', ' a', 'a ', 'a\tb', 'a\nb', 'a\r'],
  ...['urn:uuid:xyz', 'urn:uuid:', `urn:uuid:${UUID.toUpperCase()}`, `URN:UUID:${UUID}`, `urn:uuid:${UUID}0`],
  ...[`urn:uuid:${UUID.replaceAll('-', '')}`, `urn:uuid:{${UUID}}`, `urn:uuid:${UUID}/`],
  ...['urn:oid:3.1', 'urn:oid:1.02.840.1', 'urn:oid:1', 'urn:oid:', 'urn:oid:1.2.', 'urn:oid:required', 'URN:OID:1.2'],
];

const urns = [
  `urn:uuid:${UUID}`,
  `urn:uuid:${UUID}#a`,
  'urn:oid:1.2',
  'urn:oid:1.2.3#a',
  'urn:ietf:rfc:3986',
  'urn:a:b',
];
const urls = [
  ...['http://example.org', 'https://example.org:8080/a;b=c/?d=e&f#g', 'mailto:a@example.org', 'http://[::1]:80/a'],
  ...['http://example.org/%C3%BC', 'http://example.org/ü', 'http://example.org/a|1.0#b', 'http://a.b/A[x]'],
];

/** Addresses: anything without white space. */
const address: Values = { fine: [...urns, ...urls, 'a', '../a', '#', '#a', 'ü', '\u00a0', '?a=b'], broken: noAddress };

/** Every primitive type of R4 but xhtml, which stands in narratives alone. */
export const primitiveValues: Readonly<Record<string, Values>> = {
  base64Binary: {
    fine: [
      'QQ==',
      'QUI=',
      'QUJD',
      'QUJD\nQUJD',
      'QUJD\r\nQUI=',
      ' QUJD ',
      '\tQUJD QUJD',
      '+/+/',
      'QU JD',
      '=='.padStart(400, 'QUJD'),
    ],
    broken: [
      ['', EMPTY],
      ' ',
      'Q',
      'QQ',
      'QUI',
      'QUJDQ',
      'QQ=',
      'Q===',
      '====',
      '=QUJ',
      'Q=Q=',
      'QQ==QUJD',
      'QUJD=',
      'QU-_',
      'QUÄ=',
      'QUJD\u00a0',
      'QUJD\u000b',
      [7, WRONG],
    ],
  },
  boolean: {
    fine: [true, false],
    broken: [
      ['true', WRONG],
      [0, WRONG],
      [1, WRONG],
      ['', EMPTY],
      [{}, WRONG],
      [null, 'null-value'],
      [[true], 'list-unexpected'],
    ],
  },
  canonical: { fine: [...urns, ...urls, 'urn:oid:1.2|1.0', `urn:uuid:${UUID}|1`], broken: noAddress },
  code: {
    fine: ['a', 'a b', 'a b c', 'in-progress', '<=', 'é', 'a\u00a0b', '\u00a0'],
    broken: [
      ['', EMPTY],
      ' ',
      ' a',
      'a ',
      'a  b',
      'a \tb',
      'a\tb',
      'a\nb',
      'a\r\nb',
      'a b ',
      'a'.repeat(1_048_577),
      '\n',
      'a\n',
      [7, WRONG],
    ],
  },
  date: { fine: DATES.fine, broken: [...DATES.broken, ...MOMENTS.fine, ...MOMENTS.broken] },
  dateTime: { fine: [...DATES.fine, ...MOMENTS.fine], broken: [...DATES.broken, ...MOMENTS.broken] },
  decimal: {
    fine: [
      0,
      -0,
      1,
      -1.5,
      1e21,
      1e-7,
      1.7976931348623157e308,
      5e-324,
      0.1,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ],
    broken: [['1', WRONG], ['1.0', WRONG], Number.NaN, [true, WRONG], [1n, WRONG], [null, 'null-value'], ['', EMPTY]],
  },
  id: {
    fine: ['a', 'A-1.b', '-', '.', '0', 'a'.repeat(64), UUID],
    broken: [['', EMPTY], 'a'.repeat(65), 'a_b', 'a b', 'a/b', 'a#b', 'é', 'a\n', '１', [7, WRONG]],
  },
  instant: {
    fine: MOMENTS.fine,
    broken: [...MOMENTS.broken, ...DATES.fine, ...DATES.broken],
  },
  integer: {
    fine: [0, -0, 1, -1, 2_147_483_647, -2_147_483_648, 1e3],
    broken: [
      2_147_483_648,
      -2_147_483_649,
      1.5,
      -0.5,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      ['1', WRONG],
      [true, WRONG],
      ['', EMPTY],
    ],
  },
  markdown: { fine: text.fine, broken: [...text.broken, ...CONTROLLED] },
  oid: {
    fine: ['urn:oid:1.2', 'urn:oid:0.0', 'urn:oid:2.16.840.1.113883.4.1', `urn:oid:2.${DIGITS}`, 'urn:oid:2.999'],
    broken: [
      ['', EMPTY],
      'urn:oid:1',
      'urn:oid:3.1',
      'urn:oid:1.02',
      'urn:oid:1.',
      'urn:oid:1..2',
      'urn:oid:01.2',
      '1.2.3',
      'URN:OID:1.2',
      'urn:oid:1.2 ',
      'urn:uuid:1.2',
      'urn:oid:1.a',
      [1.2, WRONG],
    ],
  },
  positiveInt: {
    fine: [1, 2, 2_147_483_647],
    broken: [0, -0, -1, 2_147_483_648, 1.5, Number.NaN, ['1', WRONG], [true, WRONG]],
  },
  string: text,
  time: {
    fine: ['00:00:00', '10:00:00', '23:59:59', '23:59:60', '10:00:00.5', `10:00:00.${DIGITS}`],
    broken: [
      ['', EMPTY],
      '24:00:00',
      '10:00',
      '10',
      '1:00:00',
      '10:60:00',
      '10:00:61',
      '10:00:00.',
      '10:00:00Z',
      '10:00:00+01:00',
      'T10:00:00',
      ' 10:00:00',
      '10:00:00\n',
      [36_000, WRONG],
    ],
  },
  unsignedInt: {
    fine: [0, -0, 1, 2_147_483_647],
    broken: [-1, 2_147_483_648, 0.5, Number.NaN, ['0', WRONG], [false, WRONG]],
  },
  uri: address,
  url: address,
  uuid: {
    fine: [`urn:uuid:${UUID}`, 'urn:uuid:00000000-0000-0000-0000-000000000000'],
    broken: [
      ['', EMPTY],
      UUID,
      `urn:uuid:${UUID.toUpperCase()}`,
      `URN:UUID:${UUID}`,
      `urn:uuid:{${UUID}}`,
      `urn:uuid:${UUID.replaceAll('-', '')}`,
      `urn:uuid:${UUID}0`,
      `urn:uuid:${UUID.slice(1)}`,
      `urn:uuid:${UUID} `,
      [7, WRONG],
    ],
  },
};
