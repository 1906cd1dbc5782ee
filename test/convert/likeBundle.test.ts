import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bundle } from 'fhir/r4.js';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import type { Conversion } from '../../src/convert/conversion.js';
import { convertRecord } from '../../src/convert/convertRecord.js';
import { readingOf } from '../../src/convert/readingOptions.js';
import { bundleToPayloads, type ConvertOptions, type PayloadSets, payloadsToBundle } from '../../src/index.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { recordsOf } from '../../src/read/recordsOfValue.js';
import { findLens } from '../../src/resources/registry.js';
import { asDocument, setsOf } from '../support/arbitraries/sets.js';
import { ensure } from '../support/ensure.js';
import { applyResidue } from '../support/laws.js';
import { HOME, ID_FIELD, mapOf, namesIn, pooled } from '../support/maps.js';
import { runs } from '../support/runs.js';

const ELSEWHERE = 'https://elsewhere.example/fhir';
const NOW = '2026-02-03T04:05:06Z';

/** What becomes of each entry of a Bundle, and the options under which it is read there. */
function converted(bundle: unknown, options: ConvertOptions): { one: Conversion; within: ConvertOptions }[] {
  const text = JSON.stringify(bundle);
  const value = { line: 1, value: JSON.parse(text), text, bytes: Buffer.from(text), isDocument: false };
  return Array.from(recordsOf('bundle.json', value), (record) => ({
    one: convertRecord(record, { ...options, residue: true }),
    within: 'value' in record ? readingOf(record.value, record.within, options, options).options : options,
  }));
}

/** The payload of each entry that has one, without the id, which no create payload has. */
function expected(bundle: unknown, options: ConvertOptions): (JsonObject | undefined)[] {
  const { payloads, skipped } = bundleToPayloads(bundle as Bundle, options);
  const without = new Set(skipped.map(({ index }) => index));
  const lists = new Map<string, object[]>(Object.entries(payloads).map(([path, list]) => [path, [...list]]));
  return entriesOf(bundle).map(({ resource }, index) => {
    if (without.has(index)) return undefined;
    const { id: _, ...payload } = {
      ...(lists.get(findLens(String(resource.resourceType))?.path ?? '')?.shift() ?? {}),
    } as JsonObject;
    return payload;
  });
}

const entriesOf = (bundle: unknown): { resource: JsonObject }[] =>
  (bundle as { entry?: { resource: JsonObject }[] }).entry ?? [];

/**
 * The payload without the ids that only the source has for a record of the Bundle, where the other one has none there: under a
 * map, a payload with an id may tell it to others, but a create payload has no id that anybody could know it by.
 */
function told(value: unknown, other: unknown, isNew: (id: string) => boolean, isId = false): unknown {
  if (Array.isArray(value)) {
    const had: unknown[] = Array.isArray(other) ? other : [];
    const kept = isId && isAllBut(value, had, isNew) ? had : value;
    const items = kept.map((one, index) => told(one, had[index], isNew));
    return isId && items.length === 0 && other === undefined ? undefined : items;
  }
  if (typeof value === 'string') return isId && other === undefined && isNew(value) ? undefined : value;
  if (!isObject(value)) return value;
  const its = isObject(other) ? other : {};
  const fields = Object.entries(value).map(([key, one]) => [key, told(one, its[key], isNew, ID_FIELD.test(key))]);
  return Object.fromEntries(fields.filter(([, one]) => one !== undefined));
}

function idsIn(value: unknown, isId = false): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, isId));
  if (!isObject(value)) return isId && typeof value === 'string' ? [value] : [];
  return Object.entries(value).flatMap(([key, one]) => idsIn(one, ID_FIELD.test(key)));
}

/**
 * True where the ids of a list are the other's, in order, and what that has not is new. An id that is told where it stands again, and
 * not where it stood first, is at its second place there.
 */
function isAllBut(
  ids: readonly unknown[],
  other: readonly unknown[],
  isNew: (id: string) => boolean,
  untold: readonly unknown[] = [],
): boolean {
  const [first, ...rest] = ids;
  const [next, ...others] = other;
  if (other.length > 0 && untold.includes(next) && isAllBut(ids, others, isNew, untold)) return true;
  if (ids.length === 0) return other.length === 0;
  if (other.length > 0 && first === next && isAllBut(rest, others, isNew, untold)) return true;
  return isNew(String(first)) && isAllBut(rest, other, isNew, [...untold, first]);
}

/** Both read the same of every entry, and the reports of the pipeline lead back to the entry as it came. */
function agree(bundle: unknown, options: ConvertOptions, isNew: (id: string) => boolean = () => false): void {
  const payloads = expected(bundle, options);
  const conversions = converted(bundle, options);
  expect(conversions).toHaveLength(payloads.length);
  conversions.forEach(({ one, within }, index) => {
    const payload = payloads[index];
    if (one.kind !== 'converted') {
      const isMissing = options.unmapped === 'refuse' && idsIn(payload).some(isNew);
      ensure(payload === undefined || isMissing, `entry ${index} is ${one.kind}`);
      return;
    }
    expect([`entry ${index}`, one.output]).toStrictEqual([`entry ${index}`, told(payload, one.output, isNew)]);
    // Losses rightly differ: bundleToPayloads has none where a reference only has another name, here that is a change.
    const { residue = [], losses } = one;
    expect([`entry ${index}: a change without a loss, or the other way`, losses.length === 0]).toStrictEqual([
      `entry ${index}: a change without a loss, or the other way`,
      residue.length === 0,
    ]);
    const made = findLens(one.name)?.safeToFhir(one.output, { ...within, now: undefined });
    ensure(made?.ok === true);
    expect(applyResidue(made.resource, residue)).toStrictEqual(entriesOf(bundle)[index]?.resource);
  });
}

for (const type of ['transaction', 'batch', 'collection', 'searchset', 'document'] as const) {
  it(`a record of a ${type} becomes the payload that bundleToPayloads gives, under an id map and without`, () => {
    const sets = type === 'document' ? setsOf(1, 1) : setsOf();
    const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });
    const how = fc.constantFrom('none', 'apart', 'pooled', 'permuted');
    const base = fc.constantFrom({}, { baseUrl: HOME });
    fc.assert(
      fc.property(sets, choices, how, base, (made, chosen, mode, home) => {
        const named = mode === 'apart' ? made : pooled(made);
        const drawn = type === 'document' ? asDocument(named) : named;
        const map = mode === 'none' ? {} : mapOf(namesIn(drawn), chosen, mode === 'permuted');
        const now = type === 'document' ? { now: NOW } : {};
        const bundle = payloadsToBundle(drawn as PayloadSets, { ...map, ...now, ...home, type });
        agree(JSON.parse(JSON.stringify(bundle)), { ...map, ...home });
      }),
      { numRuns: runs(100) },
    );
  });
}

const TYPES = ['Patient', 'Encounter', 'Condition', 'Task'] as const;
const PATHS = { Patient: 'patients', Encounter: 'encounters', Condition: 'conditions', Task: 'tasks' } as const;
type Type = (typeof TYPES)[number];

/** Who a record is at the source and at ClinikAPI, and by what it can be known. */
interface Fact {
  readonly at: 'home' | 'elsewhere' | 'urn' | 'none';
  readonly isIn: boolean;
  readonly isIdentified: boolean;
  readonly row: number;
}

const IDS = ['1', '2', '3'];
const urnOf = (type: Type, n: number): string =>
  `urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3${TYPES.indexOf(type)}0${n}`;

/** All that somebody may call a record. */
const namesOf = (type: Type, n: number): string[] => [
  `${type}/${IDS[n]}`,
  `${HOME}/${type}/${IDS[n]}`,
  `${ELSEWHERE}/${type}/${IDS[n]}`,
  urnOf(type, n),
  `${type}?identifier=https://mrn.example|${IDS[n]}`,
];

/** Who says beside a reference what its target is called at ClinikAPI does not contradict the target. */
function referenceTo(type: Type, n: number, form: number, called: string | undefined): JsonObject {
  const system = `https://api.clinikapi.com/v1/${PATHS[type]}`;
  const forms: JsonObject[] = [
    ...namesOf(type, n).map((reference) => ({ reference })),
    { reference: `${type}?identifier=${system}|${IDS[n]}` },
    { type, identifier: { system, value: IDS[n] } },
    { type, identifier: { system: 'https://mrn.example', value: IDS[n] } },
    { reference: `${type}/${IDS[n]}`, display: 'A name' },
    { reference: urnOf(type, n), ...(called === undefined ? {} : { identifier: { system, value: called } }) },
  ];
  return forms[form % forms.length] ?? {};
}

const fact: fc.Arbitrary<Fact> = fc.record({
  at: fc.constantFrom('home', 'elsewhere', 'urn', 'none'),
  isIn: fc.boolean(),
  isIdentified: fc.boolean(),
  row: fc.nat(9),
});
const pick = fc.tuple(fc.nat(2), fc.nat(99));
const drawnRecord = fc.record({
  fact,
  subject: pick,
  encounter: pick,
  other: pick,
  list: fc.array(pick, { maxLength: 3 }),
});

const world = fc.record({
  records: fc.record({
    Patient: fc.array(drawnRecord, { minLength: 3, maxLength: 3 }),
    Encounter: fc.array(drawnRecord, { minLength: 3, maxLength: 3 }),
    Condition: fc.array(drawnRecord, { minLength: 3, maxLength: 3 }),
    Task: fc.array(drawnRecord, { minLength: 3, maxLength: 3 }),
  }),
  truth: fc.shuffledSubarray(IDS, { minLength: 3 }),
  isMapped: fc.boolean(),
  home: fc.constantFrom<ConvertOptions>({}, { baseUrl: HOME }),
  unmapped: fc.constantFrom<ConvertOptions>({}, { unmapped: 'refuse' }),
});

function bundleOf({ records, truth }: typeof world extends fc.Arbitrary<infer W> ? W : never): JsonObject {
  const entry = TYPES.flatMap((type) =>
    records[type].flatMap(({ fact: { at, isIn, isIdentified }, subject, encounter, other, list }, n) => {
      if (!isIn && type !== 'Task') return [];
      const to = (kind: Type, [which, form]: readonly [number, number]) =>
        referenceTo(kind, which, form, records[kind][which]?.fact.isIdentified === true ? truth[which] : undefined);
      const identifier = [
        { system: 'https://mrn.example', value: IDS[n] },
        ...(isIdentified ? [{ system: `https://api.clinikapi.com/v1/${PATHS[type]}`, value: truth[n] }] : []),
      ];
      const more: JsonObject = {
        Patient: {},
        Encounter: {
          status: 'finished',
          class: { code: 'AMB' },
          subject: to('Patient', subject),
          diagnosis: list.map((one) => ({ condition: to('Condition', one) })),
          ...(other[1] % 2 === 0 ? { partOf: to('Encounter', other) } : {}),
        },
        Condition: { subject: to('Patient', subject), code: { text: `Condition ${n}` } },
        Task: {
          status: 'requested',
          intent: 'order',
          for: to('Patient', subject),
          encounter: to('Encounter', encounter),
          focus: to(TYPES[other[1] % 4] ?? 'Task', other),
          partOf: list.map((one) => to('Task', one)),
        },
      }[type];
      const url = {
        home: `${HOME}/${type}/${IDS[n]}`,
        elsewhere: `${ELSEWHERE}/${type}/${IDS[n]}`,
        urn: urnOf(type, n),
      };
      const resource = { resourceType: type, ...(at === 'urn' ? {} : { id: IDS[n] }), identifier, ...more };
      return [{ ...(at === 'none' ? {} : { fullUrl: url[at] }), resource: pruned(resource) }];
    }),
  );
  return { resourceType: 'Bundle', type: 'collection', entry };
}

/** Without the lists that JSON of FHIR never has. */
const pruned = (resource: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => !Array.isArray(value) || value.length > 0));

describe('a record of a foreign Bundle', () => {
  it('becomes the payload that bundleToPayloads gives, whoever calls whom how, and whoever knows what', () => {
    let mattered = 0;
    const numRuns = runs(1500);
    fc.assert(
      fc.property(world, (drawn) => {
        const map = idMapBuilder();
        for (const type of TYPES) {
          drawn.records[type].forEach(({ fact: { row, at, isIn } }, n) => {
            // By an address that the Bundle does not say it has, only a reference with that address is known.
            const reference = isIn && at === 'none' && row === 2 ? undefined : namesOf(type, n)[row];
            if (reference !== undefined) map.add({ reference, id: drawn.truth[n] ?? '' }, 0);
          });
        }
        const { resolveId, resolveReference } = map;
        const options = {
          ...drawn.home,
          ...(drawn.isMapped ? { resolveId, resolveReference, ...drawn.unmapped } : {}),
        };
        const bundle = bundleOf(drawn);
        const isNew = (id: string): boolean => {
          const name = id.slice(id.indexOf('/') + 1);
          const isOf = (type: Type): boolean =>
            drawn.records[type].some(
              (one, n) => !one.fact.isIdentified && [IDS[n], urnOf(type, n).slice('urn:uuid:'.length)].includes(name),
            );
          return drawn.isMapped && (isOf('Encounter') || isOf('Task'));
        };
        agree(bundle, options, isNew);
        if (expected(bundle, options).some((payload) => payload?.encounterId !== undefined)) mattered += 1;
      }),
      { numRuns },
    );
    ensure(mattered > numRuns / 4, `an encounter was named in ${mattered} Bundles`);
  });
});

describe('a Bundle of a source whose ids are ClinikAPI’s of other records', () => {
  const map = idMapBuilder();
  for (const type of ['Patient', 'Encounter']) {
    map.add({ reference: `${type}/1`, id: '2' }, 0);
    map.add({ reference: `${type}/2`, id: '1' }, 0);
  }
  const { resolveId, resolveReference } = map;
  const swap = { resolveId, resolveReference };
  const at = (base: string, resource: JsonObject): JsonObject => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
  });
  const patient = (id: string, more: JsonObject = {}): JsonObject => ({ resourceType: 'Patient', id, ...more });
  const visit = (id: string, reference: string): JsonObject => ({
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: { reference },
  });
  const task = (more: JsonObject): JsonObject => ({
    resourceType: 'Task',
    id: 't',
    status: 'requested',
    intent: 'order',
    ...more,
  });
  const read = (options: ConvertOptions, ...entry: JsonObject[]) =>
    converted({ resourceType: 'Bundle', type: 'searchset', entry }, options).map(({ one }) => one);
  const last = (options: ConvertOptions, ...entry: JsonObject[]) => {
    const one = read(options, ...entry).at(-1);
    ensure(one?.kind === 'converted');
    return { ...one, output: { ...one.output } as JsonObject };
  };

  it('gives each the id of the right one', () => {
    const made = read(
      swap,
      at(HOME, patient('1')),
      at(HOME, patient('2')),
      at(HOME, visit('1', 'Patient/1')),
      at(HOME, visit('2', `${HOME}/Patient/2`)),
      at(HOME, task({ encounter: { reference: 'Encounter/1' }, for: { reference: 'Patient/2' } })),
    ).flatMap((one) => (one.kind === 'converted' ? [one.output as JsonObject] : []));
    expect(made.map(({ patientId, encounterId }) => [patientId, encounterId])).toStrictEqual([
      ['2', undefined],
      ['1', undefined],
      ['1', '2'],
    ]);
  });

  it('believes an identifier of ClinikAPI’s, with a map and without, and reports that the reference says something else', () => {
    const known = patient('1', { identifier: [{ system: 'https://api.clinikapi.com/v1/patients', value: 'pt_7' }] });
    for (const options of [{}, swap]) {
      const { output, losses } = last(options, at(HOME, known), at(HOME, visit('9', 'Patient/1')));
      expect(output.patientId).toBe('pt_7');
      expect(
        losses.filter((loss) => loss.class === 'content').map(({ expression, kind }) => [expression, kind]),
      ).toStrictEqual([['Encounter.subject.reference', 'missing']]);
    }
  });

  it('does not ask the map for what is relative to another server, nor says that it knows that', () => {
    const options = { ...swap, baseUrl: HOME };
    const away = at(ELSEWHERE, task({ for: { reference: 'Patient/1' } }));
    const urn = { fullUrl: urnOf('Task', 0), resource: task({ for: { reference: 'Patient/1' } }) };
    for (const entry of [[away], [at(HOME, patient('1')), away], [at(ELSEWHERE, patient('1')), away]]) {
      const { output, upload } = last(options, ...entry);
      expect(output.patientId).toBeUndefined();
      expect(upload?.links.every(({ isMapped }) => isMapped !== true)).toBe(true);
    }
    expect(last(options, at(ELSEWHERE, patient('1')), urn).output.patientId).toBeUndefined();
    expect(last(options, at(HOME, patient('1')), urn).output.patientId).toBe('2');
    expect(last(options, urn).output.patientId).toBe('2');
    const home = at(ELSEWHERE, task({ for: { reference: `${HOME}/Patient/1` } }));
    const { output, upload } = last(options, at(ELSEWHERE, patient('1')), home);
    expect(output.patientId).toBe('2');
    expect(upload?.links.map(({ isMapped }) => isMapped)).toStrictEqual([true]);
  });

  it('does not tell an id that only the source has, and refuses the record where that is asked for', () => {
    const entry = [at(HOME, visit('3', 'Patient/1')), at(HOME, task({ encounter: { reference: 'Encounter/3' } }))];
    expect(last(swap, ...entry).output.encounterId).toBeUndefined();
    expect(read({ ...swap, unmapped: 'refuse' }, ...entry).at(-1)?.kind).toBe('rejected');
  });
});
