import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Bundle, Encounter, FhirResource, OperationOutcome } from 'fhir/r4.js';
import {
  ClinikFhirError,
  type EncounterPayload,
  encounters,
  fromResponse,
  type Issue,
  type LabPayload,
  type Loss,
  labs,
  type Operation,
  payloadsToBundle,
  type ResourceLens,
  validate,
} from '../../src/index.js';
import { type Conversion, convertRecords, type FileFailure, UsageError } from '../../src/node.js';

const encounter: Encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } };

describe('the result of a lens', () => {
  it('has the payload, its id and what was lost', () => {
    const result = encounters.fromFhir(encounter);
    expectTypeOf(result.id).toEqualTypeOf<string | undefined>();
    expectTypeOf(result.payload).toEqualTypeOf<EncounterPayload>();
    expectTypeOf(result.losses).toEqualTypeOf<Loss[]>();
    expectTypeOf(result.issues).toEqualTypeOf<Issue[]>();
    expectTypeOf(result.residue).toEqualTypeOf<Operation[] | undefined>();
  });

  it('of a safe call is told apart by ok', () => {
    const read = encounters.safeFromFhir(JSON.parse('{}'));
    if (read.ok) expectTypeOf(read.payload).toEqualTypeOf<EncounterPayload>();
    else expectTypeOf(read).toEqualTypeOf<{ ok: false; issues: Issue[] }>();
    const made = encounters.safeToFhir({});
    if (made.ok) expectTypeOf(made.resource).toEqualTypeOf<Encounter>();
    expectTypeOf(made.issues).toEqualTypeOf<Issue[]>();
  });

  it('of a safe call is not there before ok was asked', () => {
    // @ts-expect-error: there is no payload where ok is false.
    encounters.safeFromFhir({}).payload;
    // @ts-expect-error: nor a resource.
    encounters.safeToFhir({}).resource;
  });

  it('is one for every lens, for whoever writes code for all', () => {
    expectTypeOf(labs).toExtend<ResourceLens<never, object, FhirResource>>();
    expectTypeOf(labs.fields[0]?.payload).toEqualTypeOf<string | undefined>();
  });
});

describe('an issue', () => {
  it('is data that nobody changes', () => {
    const { issues } = new ClinikFhirError([]);
    expectTypeOf(issues).toEqualTypeOf<readonly Issue[]>();
    // @ts-expect-error: the list is read-only.
    issues.push();
    // @ts-expect-error: so is what stands in it.
    for (const issue of issues) issue.severity = 'warning';
  });

  it('has one of four severities', () => {
    expectTypeOf<Issue['severity']>().toEqualTypeOf<'fatal' | 'error' | 'warning' | 'information'>();
  });
});

describe('what the other calls give', () => {
  it('is R4', () => {
    expectTypeOf(validate({})).toEqualTypeOf<OperationOutcome>();
    expectTypeOf(payloadsToBundle({}, { type: 'batch' })).toEqualTypeOf<Bundle>();
  });

  it('of a response is told apart by kind, and a record by its path', () => {
    const response = fromResponse({});
    expectTypeOf(response.kind).toEqualTypeOf<'record' | 'list' | 'error' | 'empty'>();
    if (response.kind !== 'record' || !response.record.ok) return;
    if (response.record.path === 'labs') expectTypeOf(response.record.payload).toEqualTypeOf<LabPayload>();
  });

  it('of files is a conversion or the failure of a file', () => {
    expectTypeOf(convertRecords('some.ndjson')).toEqualTypeOf<AsyncGenerator<Conversion | FileFailure>>();
    expectTypeOf(UsageError).toBeConstructibleWith('words');
  });
});
