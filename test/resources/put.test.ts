import { describe, expect, it } from '@jest/globals';
import type { Composition, Condition, DiagnosticReport, Encounter, Narrative, Task } from 'fhir/r4.js';
import {
  documents,
  type EncounterPayload,
  encounters,
  type Issue,
  labs,
  type TaskPayload,
  tasks,
} from '../../src/index.js';
import { ensure, fail } from '../support/ensure.js';

const short = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, id, expression }) => `${severity} ${id} ${expression.join(' ')}`);

const narrative = (status: Narrative['status']): Narrative => ({
  status,
  div: '<div xmlns="http://www.w3.org/1999/xhtml">A visit</div>',
});

const encounter: Encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
};
const visit: EncounterPayload = { status: 'finished', class: 'AMB', patientId: 'p1' };

function put(payload: unknown, onto: Encounter, options: object = {}) {
  const result = encounters.safeToFhir(payload, { onto, ...options });
  if (!result.ok) fail(JSON.stringify(result.issues));
  return { resource: result.resource, issues: short(result.issues) };
}

describe('a put that changes nothing', () => {
  it('keeps the narrative, orphans and all, and says nothing', () => {
    const onto: Encounter = {
      ...encounter,
      text: narrative('generated'),
      contained: [{ resourceType: 'Patient', id: 'x' }],
    };
    const { resource, issues } = put(visit, onto, { now: '2026-01-05T10:00:00Z' });
    expect(JSON.stringify(resource)).toBe(JSON.stringify(onto));
    expect(issues).toStrictEqual([]);
  });
});

describe('a put that changes something', () => {
  const edited: EncounterPayload = { ...visit, status: 'cancelled' };

  it('drops a generated narrative, and tells', () => {
    const { resource, issues } = put(edited, { ...encounter, text: narrative('generated') });
    expect(resource.text).toBeUndefined();
    expect(issues).toStrictEqual(['information put-narrative-dropped Encounter.text']);
  });

  it('keeps a narrative that is more than a rendering', () => {
    for (const status of ['additional', 'extensions'] as const) {
      const { resource, issues } = put(edited, { ...encounter, text: narrative(status) });
      expect(resource.text).toStrictEqual(narrative(status));
      expect(issues).toStrictEqual([]);
    }
  });

  it('drops a contained resource that it orphaned, and tells', () => {
    const cough: Condition = {
      resourceType: 'Condition',
      id: 'c1',
      subject: { reference: 'Patient/p1' },
      code: { text: 'Cough' },
    };
    const onto: Encounter = { ...encounter, contained: [cough], diagnosis: [{ condition: { reference: '#c1' } }] };
    expect(encounters.fromFhir(onto).payload.diagnosis).toStrictEqual([{ condition: 'Cough' }]);
    const { resource, issues } = put({ ...visit, diagnosis: [{ condition: 'Cold' }] }, onto);
    expect([resource.contained, resource.diagnosis]).toStrictEqual([undefined, [{ condition: { display: 'Cold' } }]]);
    expect(issues).toStrictEqual(['information put-contained-dropped Encounter.contained']);
  });

  it('keeps contained resources beside one that it adds', () => {
    const doubtful: Condition = {
      resourceType: 'Condition',
      id: 'c1',
      subject: { reference: 'Patient/p1' },
      verificationStatus: { coding: [{ code: 'provisional' }] },
      code: { text: 'Cough' },
    };
    const coded: Condition = {
      ...doubtful,
      id: 'c2',
      verificationStatus: { coding: [{ code: 'confirmed' }] },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J20.9' }] },
      onsetDateTime: '2025-03-12',
    };
    const onto: Encounter = {
      ...encounter,
      contained: [doubtful, coded],
      diagnosis: [{ condition: { reference: '#c1' } }, { condition: { reference: '#c2' } }],
    };
    const { diagnosis } = encounters.fromFhir(onto).payload;
    expect(diagnosis).toStrictEqual([{ condition: 'Provisional: Cough' }, { condition: 'J20.9' }]);
    const { resource, issues } = put({ ...visit, diagnosis: [{ condition: 'I10' }, ...(diagnosis ?? [])] }, onto);
    expect(resource.contained?.slice(0, 2)).toStrictEqual(onto.contained);
    expect(resource.diagnosis?.slice(1)).toStrictEqual(onto.diagnosis);
    expect(issues).toStrictEqual([]);
  });

  it('writes a diagnosis with the new patient as its subject when the patient changes', () => {
    const payload: EncounterPayload = { ...visit, diagnosis: [{ condition: 'I10', rank: 1 }] };
    const { resource } = put({ ...payload, patientId: 'p2' }, encounters.toFhir(payload));
    const subjects = resource.contained?.map((one) => ('subject' in one ? one.subject : one));
    expect(subjects?.at(-1)).toStrictEqual({ reference: 'Patient/p2' });
    expect(encounters.fromFhir(resource).payload).toStrictEqual({ ...payload, patientId: 'p2' });
  });

  it('keeps what a payload cannot say', () => {
    const onto: Encounter = {
      ...encounter,
      extension: [{ url: 'http://a.org', valueString: 'x' }],
      reasonCode: [{ text: 'cough', coding: [{ code: 'c' }] }],
      participant: [{ individual: { reference: 'PractitionerRole/r1' } }],
    };
    const { resource } = put({ ...edited, reasonCode: ['fever', 'cough'] }, onto);
    expect(resource).toStrictEqual({
      ...onto,
      status: 'cancelled',
      reasonCode: [{ text: 'fever' }, ...(onto.reasonCode ?? [])],
    });
  });

  it('refuses to put over what ClinikAPI cannot hold', () => {
    const result = encounters.safeToFhir(visit, { onto: { ...encounter, status: 'unknown' } });
    expect(result.ok).toBe(false);
    expect(short(result.issues)).toStrictEqual(['error status-unsupported Encounter.status']);
  });

  it('refuses to lower the confidentiality of a labelled document', () => {
    const payload = {
      status: 'final',
      type: 'note',
      patientId: 'p1',
      practitionerId: 'd1',
      title: 't',
      confidentiality: 'R',
      sections: [{ title: 'a', text: 'x' }],
    };
    const created = documents.safeToFhir(payload, { now: '2026-01-05T10:00:00Z' });
    ensure(created.ok);
    const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
    const onto: Composition = { ...created.resource, meta: { security: [{ system, code: 'R' }] } };
    const date = created.resource.date;
    const lowered = documents.safeToFhir({ ...payload, date, confidentiality: 'N' }, { onto });
    expect(short(lowered.issues)).toStrictEqual(['error security-label Composition.meta.security[0]']);
    expect(documents.safeToFhir({ ...payload, date, confidentiality: 'V' }, { onto }).ok).toBe(true);
  });
});

describe('`now`', () => {
  const task: Task = { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2026-01-05T10:00:00Z' };
  const payload = { status: 'draft', intent: 'order', authoredOn: '2026-01-05T10:00:00Z' } as const;
  const now = '2026-02-01T08:00:00Z';

  it('is set as Task.lastModified only when a put changed something', () => {
    const onto: Task = { ...task, lastModified: '2026-01-06T10:00:00Z' };
    expect(tasks.toFhir(payload, { onto, now }).lastModified).toBe(onto.lastModified);
    expect(tasks.toFhir({ ...payload, status: 'ready' }, { onto, now }).lastModified).toBe(now);
    expect(tasks.toFhir({ ...payload, status: 'ready' }, { onto }).lastModified).toBe(onto.lastModified);
    expect(tasks.toFhir(payload, { now }).lastModified).toBeUndefined();
  });

  it('must not be before the task was authored (inv-1)', () => {
    const early = tasks.safeToFhir({ ...payload, status: 'ready' }, { onto: task, now: '2026-01-04T08:00:00Z' });
    expect(short(early.issues)).toStrictEqual(['error put-breaks-inv-1 Task']);
  });

  it('is the date of a document without one; else the date is marked as absent', () => {
    const document = {
      status: 'final',
      type: 'note',
      patientId: 'p1',
      practitionerId: 'd1',
      title: 't',
      sections: [{ title: 'a', text: 'x' }],
    } as const;
    const sections = [...document.sections];
    expect(documents.toFhir({ ...document, sections }, { now }).date).toBe(now);
    const undated = documents.toFhir({ ...document, sections });
    expect(undated.date).toBeUndefined();
    expect(undated._date?.extension?.[0]?.valueCode).toBe('unknown');
    expect(documents.toFhir({ ...document, sections, date: '2025-01-01' }, { now }).date).toBe('2025-01-01');
  });

  it('is a date-time with an offset', () => {
    for (const wrong of ['2026-01-05', 'now', '2026-01-05T10:00:00', '']) {
      const result = tasks.safeToFhir(payload, { now: wrong });
      expect(short(result.issues)).toStrictEqual(['error option-now $this']);
    }
  });
});

describe('a put of alternatives', () => {
  it('lets an effective date take the place of a period', () => {
    const onto: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: 'CMP' },
      subject: { reference: 'Patient/p1' },
      effectivePeriod: { start: '2026-01-05T10:00:00Z' },
    };
    const payload = {
      status: 'final',
      code: 'CMP',
      patientId: 'p1',
      effectiveDateTime: '2026-01-06T10:00:00Z',
    } as const;
    const { effectivePeriod: _, ...rest } = onto;
    expect(labs.toFhir(payload, { onto })).toStrictEqual({ ...rest, effectiveDateTime: '2026-01-06T10:00:00Z' });
  });
});

describe('a put that brings a reference to light', () => {
  const onto: Encounter = {
    ...encounter,
    period: { start: '2026' },
    basedOn: [{ reference: 'ServiceRequest/s1' }, { reference: 'ServiceRequest/s2' }],
  };
  const resolveId = (reference: string): string | undefined =>
    reference === 'ServiceRequest/s2' ? undefined : reference.split('/')[1];
  const putWith = (payload: EncounterPayload, unmapped?: 'refuse' | 'omit') =>
    encounters.safeToFhir(payload, { onto, resolveId, resolveReference: (id, type) => `${type}/${id}`, unmapped });

  it('is refused where the id map does not know it and is told to refuse, with nothing but that', () => {
    const result = putWith(visit, 'refuse');
    expect(result.ok).toBe(false);
    expect(short(result.issues)).toStrictEqual(['error reference-unmapped Encounter.basedOn[0]']);
  });

  it('is fine where the reference stays behind one that is known', () => {
    const result = putWith({ ...visit, basedOnId: 's1' }, 'refuse');
    expect([result.ok, short(result.issues)]).toStrictEqual([true, []]);
  });

  it('is fine where it may be left out', () => {
    for (const unmapped of ['omit', undefined] as const) expect(putWith(visit, unmapped).ok).toBe(true);
  });
});

describe('a put that says whom a record is about', () => {
  const payload: TaskPayload = { status: 'requested', intent: 'order', patientId: 'p1' };
  const putOnto = (onto: Partial<Task>) =>
    short(
      tasks.safeToFhir(payload, { onto: { resourceType: 'Task', status: 'requested', intent: 'order', ...onto } })
        .issues,
    );

  it('warns where that was somebody else, and not where it was nobody', () => {
    expect(putOnto({ for: { reference: 'Patient/p2' } })).toStrictEqual(['warning put-other-patient Task.for']);
    expect(putOnto({})).toStrictEqual([]);
  });
});
