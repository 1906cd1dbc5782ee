import { describe, expect, it } from '@jest/globals';
import { type RawRecord, recordsOf } from '../../src/read/recordsOfValue.js';
import { ensure } from '../support/ensure.js';
import { bundle, encounter, patient } from '../support/samples.js';

describe('the records of a value', () => {
  it('are itself where it is a resource or a payload', () => {
    expect(seen(encounter)).toStrictEqual([
      {
        source: { file: 'f', line: 7, resourceType: 'Encounter', id: 'e1' },
        value: encounter,
        text: placeOf(encounter),
      },
    ]);
    const payload = { status: 'final' };
    expect(seen(payload)).toStrictEqual([{ source: { file: 'f', line: 7 }, value: payload, text: placeOf(payload) }]);
  });

  it('are the items of a list and the resources of a Bundle of any type, at any depth, with their place', () => {
    for (const type of ['collection', 'searchset', 'transaction', 'history', 'document', 'no-such-type']) {
      const nested = bundle([{ resource: patient }, { resource: bundle([{ resource: encounter }]) }], type);
      expect(places(nested)).toStrictEqual(['0 Patient', '1.0 Encounter']);
      expect(places([patient, nested, [encounter]])).toStrictEqual([
        '0 Patient',
        '1.0 Patient',
        '1.1.0 Encounter',
        '2.0 Encounter',
      ]);
    }
  });

  it('are none in a Bundle or a list without entries', () => {
    expect(records(bundle([]))).toStrictEqual([]);
    expect(records({ resourceType: 'Bundle' })).toStrictEqual([]);
    expect(records([])).toStrictEqual([]);
  });

  it('have the id that their entry gives them where they have none', () => {
    const [record] = records(bundle([{ fullUrl: 'urn:uuid:aaaa-1', resource: { resourceType: 'Encounter' } }]));
    expect(record?.source.id).toBe('aaaa-1');
  });

  it('have no type in their source where it may not be shown', () => {
    expect(records({ resourceType: 'Jane Doe', id: 5 })[0]?.source).toStrictEqual({ file: 'f', line: 7 });
  });

  it('do not include entries without a resource, which are counted all the same', () => {
    expect(seen(bundle([{ request: { method: 'GET', url: 'Encounter/e1' } }]))).toStrictEqual([
      { source: { file: 'f', line: 7, entry: '0' }, empty: true },
    ]);
  });

  it('are known by type and id where they were deleted, with or without the resource', () => {
    const request = { method: 'DELETE', url: 'Encounter/e1' };
    const source = { file: 'f', line: 7, entry: '0', resourceType: 'Encounter', id: 'e1' };
    for (const item of [
      { request },
      { request, resource: encounter },
      { request: { ...request, url: '/Encounter/e1' } },
    ]) {
      const [record, ...others] = records(bundle([item]));
      expect([others, record?.source, record?.version?.isDeleted]).toStrictEqual([[], source, true]);
    }
    const [conditional] = records(bundle([{ request: { ...request, url: 'Encounter?identifier=a|Jane' } }]));
    expect(conditional?.source).toStrictEqual({ file: 'f', line: 7, entry: '0', resourceType: 'Encounter' });
    expect(issues({ ...bundle([{ request }]), implicitRules: 'urn:x' })).toStrictEqual(['implicit-rules']);
  });

  it('are refused where there is no object to convert', () => {
    for (const value of [null, 1, 'text', true]) expect(issues(value)).toStrictEqual(['record-unknown']);
    expect(issues({ resourceType: 'Bundle', entry: {} })).toStrictEqual(['bundle-entry']);
    expect(issues({ resourceType: 'Bundle', entry: [null, { resource: 5 }] })).toStrictEqual([
      'record-unknown',
      'record-unknown',
    ]);
  });

  it('are refused where the Bundle could change their meaning', () => {
    const ruled = { ...bundle([{ resource: bundle([{ resource: encounter }]) }]), implicitRules: 'urn:x' };
    expect(issues(ruled)).toStrictEqual(['implicit-rules']);
    const modified = bundle([
      Object.assign({ resource: encounter }, { modifierExtension: [{ url: 'urn:x' }] }),
      { resource: encounter },
    ]);
    expect(issues(modified)).toStrictEqual(['modifier-extension', undefined]);
  });

  it('are refused where Bundles and lists nest without end', () => {
    let deep: unknown = encounter;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(issues(deep)).toStrictEqual(['too-deep']);
  });

  it('resolve references in their own Bundle first, and names that mean the same everywhere in the one around it', () => {
    const inner = bundle([{ fullUrl: 'urn:uuid:e', resource: encounter }]);
    const outer = bundle([{ fullUrl: 'urn:uuid:p', resource: patient }, { resource: inner }]);
    const record = records(outer)[1];
    ensure(record !== undefined && 'value' in record);
    expect(record.within?.resolve('urn:uuid:p')?.id).toBe('p1');
    expect(record.within?.resolve('urn:uuid:e')?.id).toBe('e1');
    expect(record.within?.resolve('Patient/p1')).toBeUndefined();
  });
});

function records(value: unknown): RawRecord[] {
  const text = textOf(value);
  return [...recordsOf('f', { line: 7, value, text, bytes: Buffer.from(text), isDocument: false })];
}

/** JSON.stringify does not go to the depths of one test. */
function textOf(value: unknown): string {
  let depth = 0;
  let inner = value;
  for (; Array.isArray(inner) && inner.length === 1; inner = inner[0]) depth += 1;
  return `${'['.repeat(depth)}${JSON.stringify(inner)}${']'.repeat(depth)}`;
}

/** Where a record is that is a whole line. */
const placeOf = (value: unknown) => ({ text: textOf(value), line: 7, keys: [] });

function seen(value: unknown): object[] {
  return records(value).map((record) => {
    const {
      bytes: _,
      hasDuplicateKeys: __,
      decimalsIn: ___,
      ...rest
    } = {
      hasDuplicateKeys: undefined,
      decimalsIn: undefined,
      ...record,
    };
    return rest;
  });
}

function places(value: unknown): string[] {
  return records(value).map(({ source }) => `${source.entry} ${source.resourceType}`);
}

function issues(value: unknown): (string | undefined)[] {
  return records(value).map((record) =>
    'unreadable' in record ? record.unreadable.id : 'value' in record ? record.forbidden?.id : undefined,
  );
}
