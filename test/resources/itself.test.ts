import { describe, expect, it } from '@jest/globals';
import { assessments, bundleToPayloads, documents, encounters, type Issue, tasks } from '../../src/index.js';

const to = (reference: string) => ({ reference });
const visit = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject: to('Patient/e1') };
const task = {
  resourceType: 'Task',
  id: 't1',
  status: 'requested',
  intent: 'order',
  authoredOn: '2026-01-05T10:00:00Z',
};

/** Where a record is said to refer to itself. */
const places = (issues: readonly Issue[]) =>
  issues.flatMap(({ id, expression }) => (id === 'reference-to-itself' ? expression : []));

describe('a record that refers to itself', () => {
  it('is said to: a part of itself, what it replaces, what comes before it', () => {
    const partOf = to('Encounter/e1');
    expect(places(encounters.fromFhir({ ...visit, id: 'e1', partOf } as never).issues)).toStrictEqual([
      'Encounter.partOf',
    ]);
    expect(places(encounters.fromFhir({ ...visit, id: 'e2', partOf } as never).issues)).toStrictEqual([]);
    expect(places(encounters.fromFhir({ ...visit, partOf } as never).issues)).toStrictEqual([]);
    const both = { ...task, partOf: [to('Task/t2'), to('Task/t1')], basedOn: [to('Task/t1'), to('ServiceRequest/t1')] };
    expect(places(tasks.fromFhir(both as never).issues)).toStrictEqual(['Task.basedOn[0]', 'Task.partOf[1]']);
    const impression = {
      resourceType: 'ClinicalImpression',
      id: 'i1',
      status: 'completed',
      subject: to('Patient/i1'),
      summary: 'x',
      date: '2026-01-05T10:00:00Z',
    };
    expect(
      places(assessments.fromFhir({ ...impression, previous: to('ClinicalImpression/i1') } as never).issues),
    ).toStrictEqual(['ClinicalImpression.previous']);
    const text = { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
    const document = {
      ...{ resourceType: 'Composition', id: 'c1', status: 'final', type: { text: 'Note' }, subject: to('Patient/c1') },
      ...{ date: '2026-01-05', author: [to('Practitioner/c1')], title: 'T', section: [{ title: 'S', text }] },
      relatesTo: [{ code: 'replaces', targetReference: to('Composition/c1') }],
    };
    expect(places(documents.fromFhir(document as never).issues)).toStrictEqual([
      'Composition.relatesTo[0].targetReference',
    ]);
  });

  it('is known by its id at ClinikAPI, too', () => {
    const identifier = [{ system: 'https://api.clinikapi.com/v1/tasks', value: 'task_1' }];
    const partOf = [{ type: 'Task', identifier: identifier[0] }];
    expect(places(tasks.fromFhir({ ...task, identifier, partOf } as never).issues)).toStrictEqual(['Task.partOf[0]']);
    const resolveId = (reference: string) => ({ 'Task/t1': 'a', 'Task/t0': 't1' })[reference];
    const mapped = tasks.fromFhir({ ...task, partOf: [to('Task/t0'), to('Task/t1')] } as never, { resolveId });
    expect(mapped.payload.partOf).toStrictEqual(['t1', 'a']);
    expect(places(mapped.issues)).toStrictEqual(['Task.partOf[1]']);
  });

  it('is known by its place in a Bundle', () => {
    const inBundle = (fullUrl: string, id: object, reference: string, options: object = {}) =>
      places(
        bundleToPayloads(
          {
            resourceType: 'Bundle',
            type: 'collection',
            entry: [{ fullUrl, resource: { ...visit, ...id, partOf: to(reference) } }],
          } as never,
          options,
        ).issues,
      );
    const urn = 'urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002';
    const itself = ['Bundle.entry[0].resource.partOf'];
    expect(inBundle(urn, {}, urn)).toStrictEqual(itself);
    expect(inBundle(urn, { id: 'e9' }, urn)).toStrictEqual(itself);
    expect(inBundle('http://s/Encounter/e9', { id: 'e9' }, 'http://s/Encounter/e9')).toStrictEqual(itself);
    expect(inBundle('http://s/Encounter/e9', { id: 'e9' }, 'Encounter/e9')).toStrictEqual(itself);
    const resolveId = (reference: string) =>
      reference === urn ? 'enc_1' : reference === 'Patient/e1' ? 'p' : undefined;
    expect(inBundle(urn, {}, urn, { resolveId })).toStrictEqual(itself);
    expect(inBundle('http://s/Encounter/e9', { id: 'e9' }, 'Encounter/e8')).toStrictEqual([]);
  });

  it('is said to by a payload, too, by the id that it has, is given, or has at its place', () => {
    const { payload } = encounters.fromFhir({ ...visit, partOf: to('Encounter/e1') } as never);
    const itself = ['partOfId'];
    expect(places(encounters.safeToFhir({ ...payload, id: 'e1' }).issues)).toStrictEqual(itself);
    expect(places(encounters.safeToFhir(payload, { id: 'e1' }).issues)).toStrictEqual(itself);
    expect(places(encounters.safeToFhir({ ...payload, id: 'e2' }).issues)).toStrictEqual([]);
    expect(places(encounters.safeToFhir(payload).issues)).toStrictEqual([]);
    const stored = { ...visit, id: 'e1' } as never;
    expect(places(encounters.safeUpdate(stored, { partOfId: 'e1' }).issues)).toStrictEqual(itself);
    expect(places(encounters.safeUpdate(stored, { partOfId: 'e2' }).issues)).toStrictEqual([]);
    const ofTask = {
      ...tasks.fromFhir({ ...task, partOf: [to('Task/t1'), to('Task/t2')] } as never).payload,
      id: 't1',
    };
    expect(places(tasks.safeToFhir(ofTask).issues)).toStrictEqual(['partOf[0]']);
  });
});
