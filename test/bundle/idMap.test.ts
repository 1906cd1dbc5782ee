import { describe, expect, it } from '@jest/globals';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import { ClinikFhirError, type IdMapRow, idMap } from '../../src/index.js';
import { ensure, fail } from '../support/ensure.js';

const rows = (...pairs: [reference: string, id: string][]): IdMapRow[] =>
  pairs.map(([reference, id]) => ({ reference, id }));

const faultsOf = (given: Iterable<unknown>): [id: string, expression: readonly string[]][] => {
  try {
    idMap(given as Iterable<IdMapRow>);
  } catch (error) {
    ensure(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression, severity }) => {
      expect(severity).toBe('error');
      return [id, expression];
    });
  }
  return [];
};

describe('an id map', () => {
  it('translates both ways', () => {
    const { resolveId, resolveReference } = idMap(rows(['Patient/1', '2'], ['Patient/2', '1'], ['Encounter/1', '2']));
    expect(['Patient/1', 'Patient/2', 'Encounter/1', 'Encounter/2', '1', ''].map(resolveId)).toStrictEqual([
      '2',
      '1',
      '2',
      undefined,
      undefined,
      undefined,
    ]);
    expect(resolveReference('2', 'Patient')).toBe('Patient/1');
    expect(resolveReference('2', 'Encounter')).toBe('Encounter/1');
    expect(resolveReference('2', 'Task')).toBeUndefined();
    expect(resolveReference('3', 'Patient')).toBeUndefined();
  });

  it('knows a reference in each of its spellings', () => {
    const { resolveId } = idMap(
      rows(
        ['Patient/1/_history/4', 'p1'],
        ['https://a.example/fhir/Patient/1', 'p2'],
        ['urn:uuid:7C1E2F5E-2F0B-4A7E-9D6B-0D1D5F6A3B01', 'p3'],
        ['Practitioner?identifier=http%3A%2F%2Fnpi.example%7C5', 'pr1'],
      ),
    );
    expect(resolveId('Patient/1')).toBe('p1');
    expect(resolveId('Patient/1/_history/9')).toBe('p1');
    expect(resolveId('https://a.example/fhir/Patient/1/_history/2')).toBe('p2');
    expect(resolveId('https://b.example/fhir/Patient/1')).toBeUndefined();
    expect(resolveId('urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01')).toBe('p3');
    expect(resolveId('Practitioner?identifier=http://npi.example|5')).toBe('pr1');
    expect(resolveId('Practitioner?identifier=http%3A%2F%2Fnpi.example|5')).toBe('pr1');
    expect(resolveId('Practitioner?identifier=|5')).toBeUndefined();
    expect(resolveId('Practitioner?identifier=5')).toBeUndefined();
    expect(resolveId('Patient?identifier=http://npi.example|5')).toBeUndefined();
    for (const name of ['__proto__', 'constructor', 'toString', '#p1', 'no reference'])
      expect(resolveId(name)).toBeUndefined();
  });

  it('calls a record of several names by `Type/id`, else by the first of them', () => {
    const search = 'Patient?identifier=a|b';
    const absolute = 'https://a.example/fhir/Patient/1';
    const back = (...references: string[]) =>
      idMap(references.map((reference) => ({ reference, id: 'p' }))).resolveReference('p', 'Patient');
    expect(back(search, absolute, 'Patient/1')).toBe('Patient/1');
    expect(back('Patient/1', search)).toBe('Patient/1');
    expect(back(search, absolute)).toBe(search);
    expect(back(absolute, search)).toBe(absolute);
    expect(back('urn:uuid:1', search)).toBe(search);
    expect(back('urn:uuid:1')).toBe('urn:uuid:1');
  });

  it('says which rows are wrong, and which they contradict', () => {
    expect(
      faultsOf([
        ...rows(['Patient/1', 'a'], ['Patient/1', 'a'], ['Patient/1/_history/2', 'b'], ['Patient/2', 'a']),
        ...rows(['Encounter/1', 'a'], ['Patient?identifier=x|y', 'a'], ['Patient?identifier=x|y', 'c']),
      ]),
    ).toStrictEqual([
      ['id-map-repeated', ['rows[1]', 'rows[0]']],
      ['id-map-contradiction', ['rows[2]', 'rows[0]']],
      ['id-map-shared', ['rows[3]', 'rows[0]']],
      ['id-map-contradiction', ['rows[6]', 'rows[5]']],
    ]);
  });

  it('finds two records with one id whatever stands between them', () => {
    const [first, second, alias] = rows(['Patient/1', 'a'], ['Patient/2', 'a'], ['Patient?identifier=x|y', 'a']);
    expect(faultsOf([alias, first, second])).toStrictEqual([['id-map-shared', ['rows[2]', 'rows[1]']]]);
    expect(faultsOf([first, alias, second])).toStrictEqual([['id-map-shared', ['rows[2]', 'rows[0]']]]);
  });

  it('takes no reference that a record cannot be known by, and no id that ClinikAPI does not give', () => {
    const references = ['', 'Patient', 'Patient/', 'Nobody/1', '#p', 'Patient/a b', 'Nobody?identifier=a|b'];
    expect(faultsOf(references.map((reference) => ({ reference, id: 'a' })))).toStrictEqual(
      references.map((_, index) => ['id-map-reference', [`rows[${index}]`]]),
    );
    const ids = ['', 'a b', 'a/b', 'é', 'Patient/1'];
    expect(faultsOf(ids.map((id, index) => ({ reference: `Patient/${index}`, id })))).toStrictEqual(
      ids.map((_, index) => ['id-map-id', [`rows[${index}]`]]),
    );
  });

  it('takes rows of any shape for what they are', () => {
    const hostile = [null, undefined, 1, 'Patient/1', [], {}, { reference: 1, id: 'a' }, { reference: null, id: 'a' }];
    expect(faultsOf(hostile)).toStrictEqual(hostile.map((_, index) => ['id-map-reference', [`rows[${index}]`]]));
    expect(
      faultsOf([{ reference: 'Patient/1' }, { reference: 'Patient/1', id: 7 }, { reference: 'Patient/1', id: ['a'] }]),
    ).toStrictEqual([0, 1, 2].map((index) => ['id-map-id', [`rows[${index}]`]]));
    expect(faultsOf(rows(['Patient/a+b', 'a']))).toStrictEqual([['id-map-reference', ['rows[0]']]]);
    for (const reference of ['Patient/constructor', 'Patient/__proto__', 'Patient/pt_abc123'])
      expect(idMap(rows([reference, 'a'])).resolveId(reference)).toBe('a');
  });

  it('names no value in what it says of a row', () => {
    try {
      idMap(rows(['Patient/geheim', 'x1'], ['Patient/geheim', 'x2'], ['geheim', 'x1'], ['Patient/p', 'geheim geheim']));
      fail('nothing was thrown');
    } catch (error) {
      ensure(error instanceof ClinikFhirError);
      expect(error.issues).toHaveLength(3);
      expect(`${error.message} ${JSON.stringify(error.issues)}`).not.toMatch(/geheim|x1|x2/);
    }
  });

  it('is made of anything that gives rows one by one', () => {
    function* given() {
      yield* rows(['Patient/1', 'a']);
    }
    expect(idMap(given()).resolveId('Patient/1')).toBe('a');
    expect(idMap([]).resolveId('Patient/1')).toBeUndefined();
  });
});

describe('an id map that is made row by row', () => {
  it('knows nothing any more that it was told to forget', () => {
    const map = idMapBuilder();
    expect(map.add({ reference: 'Patient/1', id: 'pat_1' }, 5)).toBeUndefined();
    expect(map.resolveId('Patient/1')).toBe('pat_1');
    map.forget();
    expect([map.size, map.resolveId('Patient/1'), map.resolveReference('pat_1', 'Patient')]).toStrictEqual([
      0,
      undefined,
      undefined,
    ]);
    expect(map.add({ reference: 'Patient/1', id: 'pat_2' }, 9)).toBeUndefined();
    expect(map.add({ reference: 'Patient/1', id: 'pat_3' }, 10)?.earlier).toBe(9);
  });

  it('leaves a faulty row out, and tells the place of the one that it contradicts', () => {
    const map = idMapBuilder();
    expect(map.add({ reference: 'Patient/1', id: 'a' }, 10)).toBeUndefined();
    const fault = map.add({ reference: 'Patient/1', id: 'b' }, 12);
    expect([fault?.issue.id, fault?.earlier]).toStrictEqual(['id-map-contradiction', 10]);
    expect([map.size, map.resolveId('Patient/1')]).toStrictEqual([1, 'a']);
    expect(map.resolveReference('b', 'Patient')).toBeUndefined();
  });

  it('tells of which types it knows identifiers', () => {
    const map = idMapBuilder();
    map.add({ reference: 'Patient/1', id: 'a' }, 0);
    map.add({ reference: 'Practitioner?identifier=a|b', id: 'a' }, 1);
    expect(['Patient', 'Practitioner'].map(map.knowsIdentifiers)).toStrictEqual([false, true]);
  });
});
