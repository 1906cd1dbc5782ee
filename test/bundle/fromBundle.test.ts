import { describe, expect, it } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import { type BundleToPayloadsResult, bundleToPayloads, type ConvertOptions } from '../../src/index.js';
import { bundle, entry, GONE, HOME, type Json, O1, P1, patient, post } from '../support/bundles.js';

const read = (input: unknown, options?: ConvertOptions): BundleToPayloadsResult =>
  bundleToPayloads(input as Bundle, options);
const encounter = (more: Json = {}): Json => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  ...more,
});
const task = (more: Json = {}): Json => ({ resourceType: 'Task', status: 'requested', intent: 'order', ...more });
const clinik = (path: string, value: string): Json => ({ system: `https://api.clinikapi.com/v1/${path}`, value });
const reasons = ({ skipped }: BundleToPayloadsResult) =>
  skipped.map(({ expression, resourceType, reason }) => [expression, resourceType, reason]);
const issuesOf = ({ issues }: BundleToPayloadsResult) => issues.map(({ id, expression }) => [id, expression.join()]);

describe('the payloads of a Bundle', () => {
  it('know each other by the uuid of an entry that another refers to', () => {
    const { payloads, losses } = read(
      bundle(
        'transaction',
        entry(patient(), P1, post('Patient')),
        entry(encounter({ subject: { reference: P1 } }), O1, post('Encounter')),
        entry(task({ encounter: { reference: O1 }, for: { reference: P1 } }), GONE, post('Task')),
      ),
    );
    const [e, p] = [O1.slice(9), P1.slice(9)];
    expect(payloads.encounters).toStrictEqual([{ id: e, status: 'finished', class: 'AMB', patientId: p }]);
    expect(payloads.tasks).toStrictEqual([{ status: 'requested', intent: 'order', encounterId: e, patientId: p }]);
    expect(losses.filter((loss) => loss.class === 'content')).toStrictEqual([]);
  });

  it('know each other by ClinikAPI’s identifier, whatever a server calls them', () => {
    const own = encounter({ id: '77', identifier: [clinik('encounters', 'enc_1')] });
    const relative = task({ id: 't1', encounter: { reference: 'Encounter/77' } });
    const absolute = task({ id: 't2', encounter: { reference: `${HOME}/Encounter/77` } });
    const { payloads } = read(bundle('searchset', entry(own), entry(relative), entry(absolute)));
    expect(payloads.encounters[0]?.id).toBe('enc_1');
    expect(payloads.tasks.map(({ encounterId }) => encounterId)).toStrictEqual(['enc_1', 'enc_1']);
  });

  it('have an id of the address where the resource has none', () => {
    expect(read(bundle('collection', entry(task(), `${HOME}/Task/5`))).payloads.tasks[0]?.id).toBe('5');
  });

  it('take the Condition of a diagnosis out of the Bundle, where it is of the same patient', () => {
    const condition = (subject: Json): Json => ({
      resourceType: 'Condition',
      id: 'c1',
      subject,
      code: { text: 'Cough' },
    });
    const diagnosis = (reference: string): Json => ({ diagnosis: [{ condition: { reference } }] });
    const cough = [{ condition: 'Cough' }];
    const subject = { reference: P1 };
    const byUrn = [entry(encounter({ subject, ...diagnosis(O1) }), GONE), entry(condition(subject), O1)];
    const posted = bundle('transaction', entry(patient(), P1), ...byUrn);
    expect(read(posted).payloads.encounters[0]?.diagnosis).toStrictEqual(cough);
    const resolveId = (text: string): string | undefined => (text === `Patient/${P1.slice(9)}` ? 'pt_9' : undefined);
    expect(read(posted, { resolveId }).payloads.encounters[0]?.diagnosis).toStrictEqual(cough);
    const known = entry(patient('p1', { identifier: [clinik('patients', 'pt_1')] }));
    const visit = entry(encounter({ id: 'e1', ...diagnosis('Condition/c1') }));
    const found = (of: string) => read(bundle('searchset', known, visit, entry(condition({ reference: of }))));
    expect(found('Patient/p1').payloads.encounters[0]?.diagnosis).toStrictEqual(cough);
    expect(found('Patient/p2').payloads.encounters[0]?.diagnosis).toBeUndefined();
  });

  it('come out of Bundles in Bundles, which may refer to what is around them', () => {
    const inner = bundle('collection', entry(task({ encounter: { reference: O1 } }), GONE), entry(patient('p1')));
    const result = read(bundle('collection', entry(inner, P1), entry(encounter(), O1)));
    expect(result.payloads.tasks[0]?.encounterId).toBe(O1.slice(9));
    expect(reasons(result)).toStrictEqual([['Bundle.entry[0].resource.entry[1]', 'Patient', 'other-type']]);
  });

  it('are the newest of a history', () => {
    const older = entry(encounter({ id: 'e1', status: 'arrived' }));
    const result = read(bundle('history', entry(encounter({ id: 'e1' })), older));
    expect(result.payloads.encounters.map(({ status }) => status)).toStrictEqual(['finished']);
    expect(reasons(result)).toStrictEqual([['Bundle.entry[1]', 'Encounter', 'older-version']]);
  });

  it('are none where the newest of a history is a deletion', () => {
    const gone = { fullUrl: `${HOME}/Encounter/e1`, request: { method: 'DELETE', url: 'Encounter/e1' } };
    const result = read(bundle('history', gone, entry(encounter({ id: 'e1' }))));
    expect(result.payloads.encounters).toStrictEqual([]);
    expect(result.skipped.map(({ index, reason }) => [index, reason])).toStrictEqual([
      [0, 'no-resource'],
      [1, 'older-version'],
    ]);
  });
});

describe('of several versions of a record in a Bundle', () => {
  const version = (status: string, lastUpdated?: string, more: Json = {}): Json =>
    encounter({ id: 'e1', status, ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }), ...more });
  const [MONDAY, TUESDAY] = ['2026-01-05T10:00:00Z', '2026-01-06T10:00:00Z'];
  const fates = (...args: Parameters<typeof bundle>) => {
    const { payloads, skipped, issues } = read(bundle(...args));
    const failed = issues.filter(({ severity }) => severity === 'error').map(({ id }) => id);
    return [payloads.encounters.map(({ status }) => status), ...skipped.map(({ reason }) => reason), ...failed];
  };

  it('the newest is the one of the latest time, in a Bundle of any type and in the Bundles in it', () => {
    const [old, late] = [entry(version('planned', MONDAY)), entry(version('finished', TUESDAY))];
    for (const type of ['history', 'collection', 'searchset', 'batch'])
      expect(fates(type, old, late)).toStrictEqual([['finished'], 'older-version']);
    expect(fates('collection', entry(bundle('collection', late)), old)).toStrictEqual([['finished'], 'older-version']);
  });

  it('copies are one, and of those that nobody can order none is taken', () => {
    expect(fates('collection', entry(version('planned')), entry(version('planned')))).toStrictEqual([
      ['planned'],
      'copy',
    ]);
    expect(fates('collection', entry(version('planned')), entry(version('finished')))).toStrictEqual([
      [],
      'refused',
      'refused',
      'version-unclear',
      'version-unclear',
    ]);
  });

  it('one that was deleted is refused, too, where nobody can tell which came last', () => {
    const deleted = { fullUrl: `${HOME}/Encounter/e1`, request: { method: 'DELETE', url: 'Encounter/e1' } };
    const [one, other] = [bundle('history', deleted), bundle('history', entry(version('planned')))];
    expect(fates('collection', entry(one), entry(other))).toStrictEqual([
      [],
      'refused',
      'refused',
      'version-unclear',
      'version-unclear',
    ]);
  });

  it('none takes the place of a newest that is refused or was deleted, though the deletion has its resource', () => {
    const erroneous = version('entered-in-error', TUESDAY);
    expect(fates('history', entry(erroneous), entry(version('planned', MONDAY)))).toStrictEqual([
      [],
      'refused',
      'older-version',
      'status-entered-in-error',
    ]);
    const gone = { ...entry(version('finished')), request: { method: 'DELETE', url: 'Encounter/e1' } };
    expect(fates('history', gone, entry(version('planned')))).toStrictEqual([[], 'no-resource', 'older-version']);
  });

  it('one whose meaning the Bundle may turn round is no copy of one that says the same', () => {
    const modified = { ...entry(version('planned')), modifierExtension: [{ url: 'urn:x' }] };
    for (const both of [
      [modified, entry(version('planned'))],
      [entry(version('planned')), modified],
    ])
      expect(fates('collection', ...both)[0]).toStrictEqual([]);
  });

  it('those of another server are others', () => {
    const away = entry(version('planned', MONDAY), 'https://elsewhere.example/Encounter/e1');
    expect(fates('collection', away, entry(version('finished', TUESDAY)))[0]).toStrictEqual(['planned', 'finished']);
  });

  it('the newest is what references lead to', () => {
    const cough = (text: string): Json => ({
      resourceType: 'Condition',
      id: 'c1',
      subject: { reference: 'Patient/p1' },
      code: { text },
    });
    const diagnosed = entry(
      version('finished', TUESDAY, { diagnosis: [{ condition: { reference: 'Condition/c1' } }] }),
    );
    const said = (...entries: Json[]) =>
      read(bundle('history', diagnosed, ...entries)).payloads.encounters[0]?.diagnosis;
    const late = entry({ ...cough('late'), meta: { lastUpdated: TUESDAY } });
    const early = entry({ ...cough('early'), meta: { lastUpdated: MONDAY } });
    for (const both of [
      [late, early],
      [early, late],
    ])
      expect(said(...both)).toStrictEqual([{ condition: 'late' }]);
  });
});

describe('what a Bundle says and its payloads do not', () => {
  it('has its place in the Bundle', () => {
    const one = encounter({ id: 'e1', length: { value: 1, comparator: '<' } });
    const { losses } = read({ ...bundle('searchset', entry(one, undefined, { search: { mode: 'match' } })), total: 1 });
    expect(
      losses.filter(({ kind }) => kind === 'missing').map((loss) => [loss.expression, loss.path, loss.class]),
    ).toStrictEqual([
      ['Bundle.total', 'Bundle.total', 'record'],
      ['Bundle.entry[0].resource.id', 'Encounter.id', 'record'],
      ['Bundle.entry[0].resource.length', 'Encounter.length', 'content'],
      ['Bundle.entry[0].search', 'Bundle.entry.search', 'record'],
    ]);
  });

  it('refuses an entry with a reason, and no other', () => {
    const result = read(
      bundle(
        'collection',
        entry(encounter({ id: 'e1', status: 'unknown' })),
        entry(encounter({ id: 'e2' })),
        7,
        {
          resource: [],
        },
        { resource: {} },
        { resource: { resourceType: 'Visit' } },
        {},
      ),
    );
    expect(result.payloads.encounters.map(({ id }) => id)).toStrictEqual(['e2']);
    expect(issuesOf(result)).toStrictEqual([
      ['status-unsupported', 'Bundle.entry[0].resource.status'],
      ['record-unknown', 'Bundle.entry[2]'],
      ['record-unknown', 'Bundle.entry[3].resource'],
      ['record-unknown', 'Bundle.entry[4].resource.resourceType'],
      ['resource-type-unknown', 'Bundle.entry[5].resource.resourceType'],
    ]);
    expect(reasons(result)).toStrictEqual([
      ['Bundle.entry[0]', 'Encounter', 'refused'],
      ['Bundle.entry[2]', undefined, 'refused'],
      ['Bundle.entry[3]', undefined, 'refused'],
      ['Bundle.entry[4]', undefined, 'refused'],
      ['Bundle.entry[5]', undefined, 'refused'],
      ['Bundle.entry[6]', undefined, 'no-resource'],
    ]);
  });

  it('refuses what the Bundle or an entry could turn round', () => {
    const modified = read(bundle('collection', entry(task(), O1, { modifierExtension: [] })));
    expect(issuesOf(modified)).toStrictEqual([['modifier-extension', 'Bundle.entry[0].modifierExtension']]);
    const ruled = read({ ...bundle('collection', entry(bundle('batch', entry(task(), O1)), P1)), implicitRules: 'x' });
    expect(issuesOf(ruled)).toStrictEqual([['implicit-rules', 'Bundle.implicitRules']]);
    expect(ruled.payloads.tasks).toStrictEqual([]);
  });

  it('throws for nothing that is no Bundle, or too deep', () => {
    for (const input of [undefined, null, 1, 'x', [], {}, patient('p1')]) {
      expect(issuesOf(read(input))).toStrictEqual([['resource-type', '$this']]);
    }
    expect(issuesOf(read({ ...bundle('collection'), entry: {} }))).toStrictEqual([['bundle-entry', 'Bundle.entry']]);
    let deep = bundle('collection', entry(task(), O1));
    for (let level = 0; level < 5000; level += 1) deep = bundle('collection', entry(deep, O1));
    expect(issuesOf(read(deep))[0]?.[0]).toBe('too-deep');
    let long: unknown = {};
    for (let level = 0; level < 50_000; level += 1) long = { extension: [long] };
    expect(issuesOf(read(bundle('collection', entry(task({ extension: [long] }), O1))))[0]?.[0]).toBe('too-deep');
  });
});

describe('resolveId in a Bundle', () => {
  const input = bundle(
    'transaction',
    entry(patient(), P1),
    entry(encounter({ id: 'e1', subject: { reference: P1 } }), O1),
    entry(task({ encounter: { reference: O1 }, for: { reference: P1 } }), GONE),
  );

  it('has the first word, and the Bundle the last on its own records', () => {
    const { payloads } = read(input, { resolveId: (text) => (text === P1 ? 'pt_9' : undefined) });
    expect(payloads.encounters[0]?.patientId).toBe('pt_9');
    expect(payloads.tasks).toStrictEqual([
      { status: 'requested', intent: 'order', encounterId: 'e1', patientId: 'pt_9' },
    ]);
  });

  it('is needed for what has no payload', () => {
    const result = read(input, { resolveId: () => undefined });
    expect(issuesOf(result)[0]).toStrictEqual(['reference-unmapped', 'Bundle.entry[1].resource.subject']);
  });
});

describe('a Bundle of two servers', () => {
  const [a, b] = ['https://a.example/fhir', 'https://b.example/fhir'];
  const known = { identifier: [clinik('patients', 'pt_b')] };
  const of = (server: string, subject: string, more: Json = {}) =>
    entry(encounter({ id: '1', subject: { reference: subject }, ...more }), `${server}/Encounter/1`);
  const patients = (more: Json = {}) => [
    entry({ resourceType: 'Patient', id: '1' }, `${a}/Patient/1`),
    entry({ resourceType: 'Patient', id: '1', ...more }, `${b}/Patient/1`),
  ];
  const patientsOf = (input: unknown, options?: ConvertOptions) =>
    read(input, options).payloads.encounters.map(({ id, patientId }) => [id, patientId]);

  it('never takes the record of another server for that of home, once home is named', () => {
    for (const subject of ['Patient/1', `${b}/Patient/1`]) {
      const input = bundle('collection', ...patients(), of(a, 'Patient/1'), of(b, subject));
      expect(patientsOf(input, { baseUrl: a })).toStrictEqual([['1', '1']]);
      expect(issuesOf(read(input, { baseUrl: a }))).toStrictEqual([
        ['required-missing', 'Bundle.entry[3].resource.subject'],
      ]);
    }
    const mixed = bundle('collection', ...patients(), of(a, `${b}/Patient/1`));
    expect(patientsOf(mixed, { baseUrl: `${a}/` })).toStrictEqual([]);
  });

  it('knows one of another server by its identifier of ClinikAPI’s', () => {
    const input = bundle('collection', ...patients(known), of(b, 'Patient/1'));
    expect(patientsOf(input, { baseUrl: a })).toStrictEqual([[undefined, 'pt_b']]);
  });

  it('is read as one server’s where nobody names home', () => {
    const input = bundle('collection', ...patients(), of(a, 'Patient/1'));
    expect(patientsOf(input)).toStrictEqual([['1', '1']]);
  });
});
