import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { laughs, nested, repeat } from '../support/nested.js';
import { found, patient } from '../support/validation.js';

describe('what is deep', () => {
  const leaf = { url: 'http://example.org/a', valueString: 'b' };
  const places: readonly [title: string, build: (depth: number) => unknown][] = [
    [
      'extensions',
      (depth) => ({
        ...patient,
        extension: [nested(depth, (inner) => ({ url: 'http://example.org/a', extension: [inner] }), leaf)],
      }),
    ],
    [
      'extensions beside a primitive',
      (depth) => ({
        ...patient,
        _gender: {
          extension: [
            nested(depth, (inner) => ({ url: 'http://example.org/a', _valueString: { extension: [inner] } }), leaf),
          ],
        },
      }),
    ],
    ['contained resources', (depth) => nested(depth, (inner) => ({ ...patient, contained: [inner] }), patient)],
    [
      'sections',
      (depth) => ({
        resourceType: 'Composition',
        section: [nested(depth, (inner) => ({ section: [inner] }), { title: 'a' })],
      }),
    ],
    [
      'parts',
      (depth) => ({
        resourceType: 'Parameters',
        parameter: [nested(depth, (inner) => ({ name: 'a', part: [inner] }), { name: 'a' })],
      }),
    ],
    [
      'items',
      (depth) => ({
        resourceType: 'Questionnaire',
        item: [nested(depth, (inner) => ({ item: [inner] }), { linkId: 'a' })],
      }),
    ],
    [
      'Bundles',
      (depth) =>
        nested(
          depth,
          (inner) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: inner }] }),
          patient,
        ),
    ],
    [
      'identifiers',
      (depth) => ({
        ...patient,
        managingOrganization: nested(depth, (inner) => ({ identifier: { assigner: inner } }), { display: 'a' }),
      }),
    ],
    ['what R4 does not have', (depth) => ({ ...patient, colour: nested(depth, (inner) => [inner], 'red') })],
    ['lists in the place of a text', (depth) => ({ ...patient, gender: nested(depth, (inner) => [inner], 'male') })],
    ['lists in a list', (depth) => ({ ...patient, name: nested(depth, (inner) => [inner], { text: 'a' }) })],
  ];
  for (const [title, build] of places) {
    it(`ends early, with one fatal issue: 10,000 levels of ${title}`, () => {
      const fatal = found(build(10_000)).filter((line) => line.startsWith('fatal'));
      expect(fatal).toHaveLength(1);
      expect(fatal[0] ?? '').toMatch(/^fatal too-deep /);
    });
    it(`is looked at: 20 levels of ${title}`, () => {
      expect(found(build(20)).some((line) => line.startsWith('fatal'))).toBe(false);
    });
  }

  it('finds a fault under a hundred levels', () => {
    const value = {
      ...patient,
      extension: [
        nested(100, (inner) => ({ url: 'http://example.org/a', extension: [inner] }), { url: 'http://example.org/a' }),
      ],
    };
    expect(found(value)).toStrictEqual([`error ext-1 Patient${'.extension[0]'.repeat(101)}`]);
  });
});

describe('what holds itself', () => {
  const around = (make: (own: JsonObject) => JsonObject): JsonObject => {
    const value: JsonObject = { ...patient };
    return Object.assign(value, make(value));
  };
  const list: unknown[] = [];
  list.push(list);
  const inner: JsonObject = { url: 'http://example.org/a' };
  inner.extension = [inner, inner];
  const cycles: readonly [title: string, value: unknown][] = [
    ['a resource that contains itself', around((own) => ({ contained: [own] }))],
    [
      'a resource that is its own element',
      around((own) => ({ maritalStatus: { extension: [{ url: 'http://example.org/a', valueReference: own }] } })),
    ],
    ['a list that holds itself', { ...patient, name: list }],
    ['an extension that holds itself twice', { ...patient, extension: [inner] }],
    ['an unknown property that holds its owner', around((own) => ({ colour: own }))],
  ];
  for (const [title, value] of cycles) {
    it(`ends early: ${title}`, () => {
      const lines = found(value);
      expect(lines.some((line) => /^(fatal|error)/.test(line))).toBe(true);
      expect(lines.length).toBeLessThan(600);
    });
  }
});

describe('what is wide', () => {
  it('is looked at, when it is large', () => {
    expect(found({ ...patient, name: repeat(100_000, { given: ['a', 'b'] }) })).toStrictEqual([]);
    expect(found({ ...patient, name: [{ given: repeat(100_000, 'a') }] })).toStrictEqual([]);
  });

  it('is looked at once for each place where a shared object stands', () => {
    const period = { start: '2024', end: '2023' };
    expect(found({ ...patient, name: [{ period }, { text: 'a', period }] })).toStrictEqual([
      'error per-1 Patient.name[0].period',
      'error per-1 Patient.name[1].period',
    ]);
  });

  it('is cut short where a list of texts is shared by many', () => {
    const given = repeat(1_000_000, 'a');
    const [line = ''] = found({ ...patient, name: repeat(100_000, { given }) });
    expect(line).toMatch(/^fatal too-large Patient\.name\[\d+\]\.given/);
  });

  it('is cut short where a list says that it is longer than any', () => {
    const endless = new Proxy<unknown[]>([], { get: (_, key) => (key === 'length' ? 2 ** 50 : { text: 'a' }) });
    expect(found({ ...patient, name: endless })).toStrictEqual(['fatal too-large Patient.name']);
  });

  it('keeps no more issues than it may, however many there are', () => {
    const broken = laughs(7, { url: 'http://example.org/a' });
    expect(found(broken)).toHaveLength(1000);
    expect(found(broken, { maxIssues: Number.POSITIVE_INFINITY })).toHaveLength(100_000);
  });
});
