import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { ClinicalImpression, Composition, DiagnosticReport, Encounter, Task } from 'fhir/r4.js';
import {
  type AssessmentPayload,
  assessments,
  bundleToPayloads,
  type DocumentPayload,
  type documents,
  type EncounterPayload,
  encounters,
  type LabPayload,
  type labs,
  type PayloadOf,
  type TaskPayload,
  type tasks,
} from '../../src/index.js';
import type * as sdk from './sdkRequests.js';

/** What a method gives, of a lens or of its name. */
type PayloadRead<L extends { fromFhir(...args: never[]): { payload: unknown } }> = ReturnType<L['fromFhir']>['payload'];
type UpdateRead<L extends { diff(...args: never[]): unknown }> = ReturnType<L['diff']>;

describe('the payload that fromFhir gives', () => {
  it('of assessments is what the SDK sends', () => {
    expectTypeOf<PayloadRead<typeof assessments>>().toEqualTypeOf<AssessmentPayload>();
    expectTypeOf<AssessmentPayload>().toExtend<sdk.CreateAssessmentRequest>();
  });

  it('of encounters is what the SDK sends', () => {
    expectTypeOf<PayloadRead<typeof encounters>>().toEqualTypeOf<EncounterPayload>();
    expectTypeOf<EncounterPayload>().toExtend<sdk.CreateEncounterRequest>();
  });

  it('of documents is what the SDK sends', () => {
    expectTypeOf<PayloadRead<typeof documents>>().toEqualTypeOf<DocumentPayload>();
    expectTypeOf<DocumentPayload>().toExtend<sdk.CreateDocumentRequest>();
  });

  it('of labs is what the SDK sends', () => {
    expectTypeOf<PayloadRead<typeof labs>>().toEqualTypeOf<LabPayload>();
    expectTypeOf<LabPayload>().toExtend<sdk.CreateLabRequest>();
  });

  it('of tasks is what the SDK sends', () => {
    expectTypeOf<PayloadRead<typeof tasks>>().toEqualTypeOf<TaskPayload>();
    expectTypeOf<TaskPayload>().toExtend<sdk.CreateTaskRequest>();
  });

  it('has no field that the SDK does not know', () => {
    expectTypeOf<keyof AssessmentPayload>().toEqualTypeOf<keyof sdk.CreateAssessmentRequest>();
    expectTypeOf<keyof EncounterPayload>().toEqualTypeOf<keyof sdk.CreateEncounterRequest>();
    expectTypeOf<keyof DocumentPayload>().toEqualTypeOf<keyof sdk.CreateDocumentRequest>();
    expectTypeOf<keyof LabPayload>().toEqualTypeOf<keyof sdk.CreateLabRequest>();
    expectTypeOf<keyof TaskPayload>().toEqualTypeOf<keyof sdk.CreateTaskRequest>();
  });

  it('is the same by its path, and in a Bundle with the id that it has there', () => {
    expectTypeOf<PayloadOf<'encounters'>>().toEqualTypeOf<EncounterPayload>();
    const { payloads } = bundleToPayloads({ resourceType: 'Bundle', type: 'collection' });
    expectTypeOf(payloads.labs).toEqualTypeOf<(LabPayload & { id?: string })[]>();
    expectTypeOf(payloads.tasks).toExtend<sdk.CreateTaskRequest[]>();
  });
});

describe('the update that diff gives', () => {
  it('is what the SDK sends with PATCH', () => {
    expectTypeOf<UpdateRead<typeof assessments>>().toExtend<sdk.UpdateAssessmentRequest>();
    expectTypeOf<UpdateRead<typeof encounters>>().toExtend<sdk.UpdateEncounterRequest>();
    expectTypeOf<UpdateRead<typeof documents>>().toExtend<sdk.UpdateDocumentRequest>();
    expectTypeOf<UpdateRead<typeof labs>>().toExtend<sdk.UpdateLabRequest>();
    expectTypeOf<UpdateRead<typeof tasks>>().toExtend<sdk.UpdateTaskRequest>();
  });

  it('is a part of the payload', () => {
    expectTypeOf<UpdateRead<typeof labs>>().toEqualTypeOf<Partial<LabPayload>>();
  });
});

describe('the resource that toFhir gives', () => {
  it('has the type of R4', () => {
    expectTypeOf<ReturnType<typeof assessments.toFhir>>().toEqualTypeOf<ClinicalImpression>();
    expectTypeOf<ReturnType<typeof encounters.toFhir>>().toEqualTypeOf<Encounter>();
    expectTypeOf<ReturnType<typeof documents.toFhir>>().toEqualTypeOf<Composition>();
    expectTypeOf<ReturnType<typeof labs.toFhir>>().toEqualTypeOf<DiagnosticReport>();
    expectTypeOf<ReturnType<typeof tasks.toFhir>>().toEqualTypeOf<Task>();
  });

  it('is the type that fromFhir and update take', () => {
    expectTypeOf<Parameters<typeof tasks.fromFhir>[0]>().toEqualTypeOf<Task>();
    expectTypeOf<Parameters<typeof tasks.update>[0]>().toEqualTypeOf<Task>();
  });
});

describe('the payload that toFhir takes', () => {
  it('is any that fromFhir gives, with an id or without', () => {
    expectTypeOf<AssessmentPayload & { id: string }>().toExtend<Parameters<typeof assessments.toFhir>[0]>();
    expectTypeOf<EncounterPayload & { id: string }>().toExtend<Parameters<typeof encounters.toFhir>[0]>();
    expectTypeOf<DocumentPayload>().toExtend<Parameters<typeof documents.toFhir>[0]>();
    expectTypeOf<LabPayload>().toExtend<Parameters<typeof labs.toFhir>[0]>();
    expectTypeOf<TaskPayload>().toExtend<Parameters<typeof tasks.toFhir>[0]>();
  });

  it('is as wide as the OpenAPI file, where the SDK is narrower', () => {
    const base = { patientId: 'p', summary: 's' } as const;
    assessments.toFhir({ ...base, status: 'completed', findings: [{ code: 'I10' }] });
    encounters.toFhir({ status: 'planned', class: 'AMB', patientId: 'p', diagnosis: [{ use: 'AD' }] });
    encounters.toFhir({ status: 'planned', class: 'a class of one’s own', patientId: 'p', reasonCode: ['a', 'b'] });
  });
});
