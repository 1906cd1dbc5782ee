import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import { ClinikFhirError, type IdMapRow, idMap } from '../../src/index.js';

const rows = (...pairs: [reference: string, id: string][]): IdMapRow[] =>
  pairs.map(([reference, id]) => ({ reference, id }));

const faultsOf = (given: Iterable<unknown>): [id: string, expression: readonly string[]][] => {
  try {
    idMap(given as Iterable<IdMapRow>);
  } catch (error) {
    assert.ok(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression, severity }) => {
      assert.equal(severity, 'error');
      return [id, expression];
    });
  }
  return [];
};

describe('an id map', () => {
  it('translates both ways', () => {
    const { resolveId, resolveReference } = idMap(rows(['Patient/1', '2'], ['Patient/2', '1'], ['Encounter/1', '2']));
    assert.deepEqual(['Patient/1', 'Patient/2', 'Encounter/1', 'Encounter/2', '1', ''].map(resolveId), [
      '2',
      '1',
      '2',
      undefined,
      undefined,
      undefined,
    ]);
    assert.equal(resolveReference('2', 'Patient'), 'Patient/1');
    assert.equal(resolveReference('2', 'Encounter'), 'Encounter/1');
    assert.equal(resolveReference('2', 'Task'), undefined);
    assert.equal(resolveReference('3', 'Patient'), undefined);
  });

  it('knows a reference in each of its spellings', () => {
    const { resolveId } = idMap(
      rows(
        ['Patient/1/_history/4', 'p1'],
        ['https://a.example/fhir/Patient/1', 'p2'],
        ['urn:uuid:7C1E2F5E-2F0B-4A7E-9D6B-0D1D5F6A3B01', 'p3'],
        ['Practitioner?identifier=http%3A%2F%2Fnpi.example%7C5', 'pr1'],
        ['Practitioner?identifier=|7', 'pr2'],
      ),
    );
    assert.equal(resolveId('Patient/1'), 'p1');
    assert.equal(resolveId('Patient/1/_history/9'), 'p1');
    assert.equal(resolveId('https://a.example/fhir/Patient/1/_history/2'), 'p2');
    assert.equal(resolveId('https://b.example/fhir/Patient/1'), undefined);
    assert.equal(resolveId('urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01'), 'p3');
    assert.equal(resolveId('Practitioner?identifier=http://npi.example|5'), 'pr1');
    assert.equal(resolveId('Practitioner?identifier=http%3A%2F%2Fnpi.example|5'), 'pr1');
    assert.equal(resolveId('Practitioner?identifier=|7'), 'pr2');
    assert.equal(resolveId('Patient?identifier=http://npi.example|5'), undefined);
    for (const name of ['__proto__', 'constructor', 'toString', '#p1', 'no reference'])
      assert.equal(resolveId(name), undefined);
  });

  it('calls a record of several names by `Type/id`, else by the first of them', () => {
    const search = 'Patient?identifier=a|b';
    const absolute = 'https://a.example/fhir/Patient/1';
    const back = (...references: string[]) =>
      idMap(references.map((reference) => ({ reference, id: 'p' }))).resolveReference('p', 'Patient');
    assert.equal(back(search, absolute, 'Patient/1'), 'Patient/1');
    assert.equal(back('Patient/1', search), 'Patient/1');
    assert.equal(back(search, absolute), search);
    assert.equal(back(absolute, search), absolute);
    assert.equal(back('urn:uuid:1', search), search);
    assert.equal(back('urn:uuid:1'), 'urn:uuid:1');
  });

  it('says which rows are wrong, and which they contradict', () => {
    assert.deepEqual(
      faultsOf([
        ...rows(['Patient/1', 'a'], ['Patient/1', 'a'], ['Patient/1/_history/2', 'b'], ['Patient/2', 'a']),
        ...rows(['Encounter/1', 'a'], ['Patient?identifier=x|y', 'a'], ['Patient?identifier=x|y', 'c']),
      ]),
      [
        ['id-map-repeated', ['rows[1]', 'rows[0]']],
        ['id-map-contradiction', ['rows[2]', 'rows[0]']],
        ['id-map-shared', ['rows[3]', 'rows[0]']],
        ['id-map-contradiction', ['rows[6]', 'rows[5]']],
      ],
    );
  });

  it('finds two records with one id whatever stands between them', () => {
    const [first, second, alias] = rows(['Patient/1', 'a'], ['Patient/2', 'a'], ['Patient?identifier=x|y', 'a']);
    assert.deepEqual(faultsOf([alias, first, second]), [['id-map-shared', ['rows[2]', 'rows[1]']]]);
    assert.deepEqual(faultsOf([first, alias, second]), [['id-map-shared', ['rows[2]', 'rows[0]']]]);
  });

  it('takes no reference that a record cannot be known by, and no id that ClinikAPI does not give', () => {
    const references = ['', 'Patient', 'Patient/', 'Nobody/1', '#p', 'Patient/a b', 'Nobody?identifier=a|b'];
    assert.deepEqual(
      faultsOf(references.map((reference) => ({ reference, id: 'a' }))),
      references.map((_, index) => ['id-map-reference', [`rows[${index}]`]]),
    );
    const ids = ['', 'a b', 'a/b', 'é', 'Patient/1'];
    assert.deepEqual(
      faultsOf(ids.map((id, index) => ({ reference: `Patient/${index}`, id }))),
      ids.map((_, index) => ['id-map-id', [`rows[${index}]`]]),
    );
  });

  it('takes rows of any shape for what they are', () => {
    const hostile = [null, undefined, 1, 'Patient/1', [], {}, { reference: 1, id: 'a' }, { reference: null, id: 'a' }];
    assert.deepEqual(
      faultsOf(hostile),
      hostile.map((_, index) => ['id-map-reference', [`rows[${index}]`]]),
    );
    assert.deepEqual(
      faultsOf([{ reference: 'Patient/1' }, { reference: 'Patient/1', id: 7 }, { reference: 'Patient/1', id: ['a'] }]),
      [0, 1, 2].map((index) => ['id-map-id', [`rows[${index}]`]]),
    );
    assert.deepEqual(faultsOf(rows(['Patient/__proto__', 'a'])), [['id-map-reference', ['rows[0]']]]);
    assert.equal(idMap(rows(['Patient/constructor', 'a'])).resolveId('Patient/constructor'), 'a');
  });

  it('names no value in what it says of a row', () => {
    try {
      idMap(rows(['Patient/geheim', 'x1'], ['Patient/geheim', 'x2'], ['geheim', 'x1'], ['Patient/p', 'geheim geheim']));
      assert.fail('nothing was thrown');
    } catch (error) {
      assert.ok(error instanceof ClinikFhirError);
      assert.equal(error.issues.length, 3);
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error.issues)}`, /geheim|x1|x2/);
    }
  });

  it('is made of anything that gives rows one by one', () => {
    function* given() {
      yield* rows(['Patient/1', 'a']);
    }
    assert.equal(idMap(given()).resolveId('Patient/1'), 'a');
    assert.equal(idMap([]).resolveId('Patient/1'), undefined);
  });
});

describe('an id map that is made row by row', () => {
  it('leaves a faulty row out, and tells the place of the one that it contradicts', () => {
    const map = idMapBuilder();
    assert.equal(map.add({ reference: 'Patient/1', id: 'a' }, 10), undefined);
    const fault = map.add({ reference: 'Patient/1', id: 'b' }, 12);
    assert.deepEqual([fault?.issue.id, fault?.earlier], ['id-map-contradiction', 10]);
    assert.deepEqual([map.size, map.resolveId('Patient/1')], [1, 'a']);
    assert.equal(map.resolveReference('b', 'Patient'), undefined);
  });

  it('tells of which types it knows identifiers', () => {
    const map = idMapBuilder();
    map.add({ reference: 'Patient/1', id: 'a' }, 0);
    map.add({ reference: 'Practitioner?identifier=a|b', id: 'a' }, 1);
    assert.deepEqual(['Patient', 'Practitioner'].map(map.knowsIdentifiers), [false, true]);
  });
});
