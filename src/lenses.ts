// The public surface of `clinik-fhir/lenses`, nothing else: conversion for programs that have no room for R4's definitions.
import type { OperationOutcome } from 'fhir/r4.js';
import type { Issue, IssueCode } from './lens/issue.js';
import { assessmentsLens } from './resources/assessments.js';
import { documentsLens } from './resources/documents.js';
import { encountersLens } from './resources/encounters.js';
import { labsLens } from './resources/labs.js';
import { lazyLens } from './resources/lazyLens.js';
import { type Lenses, type Lookup, lookupIn } from './resources/lookup.js';
import { newFaultsRefused, type PutCheck, putRefused } from './resources/putCheck.js';
import { tasksLens } from './resources/tasks.js';

export type { AttachmentInput, PayloadAttachment } from './fhir/datatypes/attachment.js';
export type { CodingInput, PayloadCoding } from './fhir/datatypes/coding.js';
export type { PayloadPeriod } from './fhir/datatypes/period.js';
export { operationOutcome } from './fhir/outcome.js';
export type { ConvertOptions, Fill, FillPath } from './fhir/scope.js';
export type { Fidelity, Row, Schema } from './lens/codec.js';
export type { Loss, Operation } from './lens/diff.js';
export { ClinikFhirError, type Issue, type IssueCode, type Severity } from './lens/issue.js';
export type * from './resources/assessments.js';
export type * from './resources/documents.js';
export type * from './resources/encounters.js';
export type * from './resources/labs.js';
export type { Lenses, Lookup, Path } from './resources/lookup.js';
export type * from './resources/surface.js';
export type * from './resources/tasks.js';

/** What tells whether a resource is valid R4: `validate` of clinik-fhir, or another validator that answers at once. */
export type Validate = (resource: unknown) => OperationOutcome;

function lensesChecking(checkPut: PutCheck): Lenses {
  return {
    assessments: lazyLens('ClinicalImpression', 'assessments', () => assessmentsLens(checkPut)),
    documents: lazyLens('Composition', 'documents', () => documentsLens(checkPut)),
    encounters: lazyLens('Encounter', 'encounters', () => encountersLens(checkPut)),
    labs: lazyLens('DiagnosticReport', 'labs', () => labsLens(checkPut)),
    tasks: lazyLens('Task', 'tasks', () => tasksLens(checkPut)),
  };
}

/**
 * The lenses, whose puts (`onto`, and updates) are refused where the result breaks a rule that `validate` tells, and that the resource
 * before kept. What `validate` says of it is repeated in the issue. With `validate` of clinik-fhir they are the lenses of clinik-fhir.
 */
export function lensesWith(validate: Validate): Lenses & Lookup {
  const lenses = lensesChecking(newFaultsRefused((resource) => faultsIn(validate(resource))));
  return { ...lenses, ...lookupIn(lenses) };
}

/** The errors, without those of codes that their system does not have: see src/resources/stillValid.ts. */
function faultsIn({ issue }: OperationOutcome): readonly Issue[] {
  return issue.flatMap(({ severity, code, details, diagnostics, expression }) => {
    const id = details?.coding?.[0]?.code ?? code;
    if ((severity !== 'error' && severity !== 'fatal') || id === 'code-unknown') return [];
    const text = diagnostics ?? details?.text ?? 'The validator gives no reason.';
    return [
      {
        severity,
        code: isOurs(code) ? code : 'processing',
        id,
        diagnostics: text,
        expression: [...(expression ?? [])],
      },
    ];
  });
}

const OURS: { readonly [C in IssueCode]: true } = {
  structure: true,
  required: true,
  value: true,
  invariant: true,
  security: true,
  'not-supported': true,
  'not-found': true,
  'too-long': true,
  'code-invalid': true,
  'business-rule': true,
  incomplete: true,
  informational: true,
  processing: true,
};

const isOurs = (code: string): code is IssueCode => Object.hasOwn(OURS, code);

const lenses = lensesChecking(putRefused);

/** `/v1/assessments` ⇄ ClinicalImpression (https://hl7.org/fhir/R4/clinicalimpression.html); a put is refused: see `lensesWith`. */
export const assessments = lenses.assessments;
/** `/v1/documents` ⇄ Composition (https://hl7.org/fhir/R4/composition.html); a put is refused: see `lensesWith`. */
export const documents = lenses.documents;
/** `/v1/encounters` ⇄ Encounter (https://hl7.org/fhir/R4/encounter.html); a put is refused: see `lensesWith`. */
export const encounters = lenses.encounters;
/** `/v1/labs` ⇄ DiagnosticReport (https://hl7.org/fhir/R4/diagnosticreport.html); a put is refused: see `lensesWith`. */
export const labs = lenses.labs;
/** `/v1/tasks` ⇄ Task (https://hl7.org/fhir/R4/task.html); a put is refused: see `lensesWith`. */
export const tasks = lenses.tasks;

/** These lenses by a name that comes from data: as `findLens` of clinik-fhir. */
export const findLens: Lookup['findLens'] = lookupIn(lenses).findLens;
/** These lenses by a name that stands in the program: as `lensFor` of clinik-fhir. */
export const lensFor: Lookup['lensFor'] = lookupIn(lenses).lensFor;
