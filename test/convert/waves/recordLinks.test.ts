import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordLinks } from '../../../src/convert/waves/recordLinks.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { lenses } from '../../../src/resources/registry.js';
import { runs } from '../../support/runs.js';
import { CLINIK, HOME, linksOf, to, URN } from './linksOf.js';

describe('the links of a record', () => {
  it('are the ids of an assessment', () => {
    const links = linksOf('assessments', {
      resourceType: 'ClinicalImpression',
      subject: to('Patient/p1'),
      encounter: to('Encounter/e1'),
      assessor: to('Practitioner/pr1'),
      previous: to('ClinicalImpression/a0'),
      problem: [to('Condition/c1'), to('AllergyIntolerance/x1')],
      investigation: [{ item: [to('Observation/o1'), to('DiagnosticReport/l1')] }, { item: [to('Media/m1')] }],
      finding: [{ itemReference: to('Condition/c2') }],
      supportingInfo: [to('Task/t1')],
    });
    expect(links.sort()).toStrictEqual([
      'assessor Practitioner/pr1',
      'encounter Encounter/e1',
      'investigation.item DiagnosticReport/l1',
      'investigation.item Media/m1',
      'investigation.item Observation/o1',
      'previous ClinicalImpression/a0',
      'problem AllergyIntolerance/x1',
      'problem Condition/c1',
      'subject Patient/p1',
      'supportingInfo Task/t1',
    ]);
  });

  it('are the ids of a document, in its sections at any depth', () => {
    const deep = (levels: number): JsonObject => ({
      entry: [to(`Task/${levels}`)],
      ...(levels === 0 ? {} : { section: [deep(levels - 1)] }),
    });
    const links = linksOf('documents', {
      subject: to('Patient/p1'),
      encounter: to('Encounter/e1'),
      author: [to('Practitioner/pr1')],
      attester: [{ party: to('Practitioner/pr2') }],
      custodian: to('Organization/o1'),
      relatesTo: [{ code: 'replaces', targetReference: to('Composition/d0') }],
      event: [{ detail: [to('Encounter/e2')] }],
      section: [{ author: [to('Practitioner/pr3')], section: [{ entry: [to('DiagnosticReport/l1')] }] }],
    });
    expect(links.sort()).toStrictEqual([
      'attester.party Practitioner/pr2',
      'author Practitioner/pr1',
      'custodian Organization/o1',
      'encounter Encounter/e1',
      'event.detail Encounter/e2',
      'relatesTo.targetReference Composition/d0',
      'section.author Practitioner/pr3',
      'section.entry DiagnosticReport/l1',
      'subject Patient/p1',
    ]);
    const nested = linksOf('documents', { section: [deep(100)] });
    expect(nested).toHaveLength(101);
    expect(nested.at(-1)).toBe('section.entry Task/0');
  });

  it('are the ids of an encounter', () => {
    const links = linksOf('encounters', {
      subject: to('Patient/p1'),
      partOf: to('Encounter/e0'),
      basedOn: [to('ServiceRequest/s1')],
      participant: [{ individual: to('Practitioner/pr1') }, { individual: to('Practitioner/pr2') }],
      appointment: [to('Appointment/a1')],
      hospitalization: { origin: to('Location/l1'), destination: to('Organization/o1') },
      location: [{ location: to('Location/l2'), status: 'active' }],
      serviceProvider: to('Organization/o2'),
    });
    expect(links.sort()).toStrictEqual([
      'appointment Appointment/a1',
      'basedOn ServiceRequest/s1',
      'hospitalization.destination Organization/o1',
      'hospitalization.origin Location/l1',
      'location.location Location/l2',
      'partOf Encounter/e0',
      'participant.individual Practitioner/pr1',
      'participant.individual Practitioner/pr2',
      'serviceProvider Organization/o2',
      'subject Patient/p1',
    ]);
  });

  it('are the ids of a lab', () => {
    const links = linksOf('labs', {
      subject: to('Patient/p1'),
      encounter: to('Encounter/e1'),
      basedOn: [to('ServiceRequest/s1')],
      performer: [to('Practitioner/pr1')],
      resultsInterpreter: [to('Practitioner/pr2')],
      specimen: [to('Specimen/sp1')],
      result: [to('Observation/o1'), to('Observation/o2')],
      media: [{ link: to('Media/m1') }],
    });
    expect(links.sort()).toStrictEqual([
      'basedOn ServiceRequest/s1',
      'encounter Encounter/e1',
      'media.link Media/m1',
      'performer Practitioner/pr1',
      'result Observation/o1',
      'result Observation/o2',
      'resultsInterpreter Practitioner/pr2',
      'specimen Specimen/sp1',
      'subject Patient/p1',
    ]);
  });

  it('are the ids of a task', () => {
    const links = linksOf('tasks', {
      basedOn: [to('CarePlan/cp1')],
      partOf: [to('Task/t0')],
      focus: to('DiagnosticReport/l1'),
      for: to('Patient/p1'),
      encounter: to('Encounter/e1'),
      requester: to('Practitioner/pr1'),
      owner: to('Practitioner/pr2'),
      restriction: { recipient: [to('Patient/p2')] },
      input: [{ valueReference: to('Composition/d1') }, { valueString: 'Task/none' }],
      output: [{ valueReference: to('Composition/d2') }],
    });
    expect(links.sort()).toStrictEqual([
      'basedOn CarePlan/cp1',
      'encounter Encounter/e1',
      'focus DiagnosticReport/l1',
      'for Patient/p1',
      'input.valueReference Composition/d1',
      'output.valueReference Composition/d2',
      'owner Practitioner/pr2',
      'partOf Task/t0',
      'requester Practitioner/pr1',
      'restriction.recipient Patient/p2',
    ]);
  });

  it('are of another type than the field takes, too', () => {
    expect(linksOf('tasks', { encounter: to('Task/t1') })).toStrictEqual(['encounter Task/t1']);
  });
});

describe('hostile JSON', () => {
  it('has the links that can be read, whatever else there is', () => {
    expect(linksOf('tasks', { partOf: to('Task/t0') })).toStrictEqual(['partOf Task/t0']);
    expect(linksOf('tasks', { partOf: [[to('Task/t0')], null, 'Task/t1', 7, [], {}] })).toStrictEqual([
      'partOf Task/t0',
    ]);
    expect(linksOf('tasks', { focus: { reference: { reference: 'Task/t1' } } })).toStrictEqual([]);
    expect(linksOf('encounters', { location: [to('Location/l1')] })).toStrictEqual([]);
    const odd = JSON.parse('{"__proto__":{"focus":{"reference":"Task/t1"}},"partOf":{"constructor":{},"reference":7}}');
    expect(linksOf('tasks', odd)).toStrictEqual([]);
    const inherited = JSON.parse('{"focus":{"__proto__":{"reference":"Task/t1"},"identifier":{"__proto__":null}}}');
    expect(linksOf('tasks', inherited)).toStrictEqual([]);
  });

  it('may be deeper than any stack', () => {
    let section: JsonObject = { entry: [to('Task/t1')] };
    let list: unknown = [to('Task/t1')];
    for (let depth = 0; depth < 100_000; depth += 1) {
      section = { section: [section] };
      list = [list];
    }
    expect(linksOf('documents', section)).toStrictEqual([]);
    expect(linksOf('tasks', { partOf: list })).toStrictEqual([]);
  });

  it('never makes it throw, and never makes a link that is no name', () => {
    const keys = Object.values(lenses).flatMap(({ fields }) =>
      fields.flatMap(({ element }) => element.split(/[[\].]+/)),
    );
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('Task/t1', '#x', URN, `${HOME}/Task/t1`, CLINIK, 'Task', '', null, 7),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(...keys, 'reference', 'identifier', 'system', 'value', 'type', '__proto__', 'constructor'),
          tie('value'),
          { maxKeys: 6 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(lenses)),
        fc.dictionary(fc.constantFrom(...keys), value),
        (lens, json) => {
          for (const { name, element } of recordLinks(json, lens, { resolve: () => undefined })) {
            expect(name).toMatch(/^[A-Za-z]+\/[A-Za-z0-9\-_.]+$/);
            expect(element).toMatch(/^[A-Za-z]+(\.[A-Za-z]+)*$/);
          }
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});
