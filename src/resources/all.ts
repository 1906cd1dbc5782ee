// The registry: two lines a resource. Its lens and its types become public, and everything that serves all resources finds it.
import { assessmentsLens } from './assessments.js';
import { documentsLens } from './documents.js';
import { encountersLens } from './encounters.js';
import { labsLens } from './labs.js';
import { lazyLens } from './lazyLens.js';
import { refuseNewFaults } from './stillValid.js';
import { tasksLens } from './tasks.js';

export type * from './assessments.js';
export type * from './documents.js';
export type * from './encounters.js';
export type * from './labs.js';
export type * from './tasks.js';

/** `/v1/assessments` ⇄ ClinicalImpression (https://hl7.org/fhir/R4/clinicalimpression.html). */
export const assessments = lazyLens('ClinicalImpression', 'assessments', () => assessmentsLens(refuseNewFaults));
/** `/v1/documents` ⇄ Composition (https://hl7.org/fhir/R4/composition.html). */
export const documents = lazyLens('Composition', 'documents', () => documentsLens(refuseNewFaults));
/** `/v1/encounters` ⇄ Encounter (https://hl7.org/fhir/R4/encounter.html). */
export const encounters = lazyLens('Encounter', 'encounters', () => encountersLens(refuseNewFaults));
/** `/v1/labs` ⇄ DiagnosticReport (https://hl7.org/fhir/R4/diagnosticreport.html). */
export const labs = lazyLens('DiagnosticReport', 'labs', () => labsLens(refuseNewFaults));
/** `/v1/tasks` ⇄ Task (https://hl7.org/fhir/R4/task.html). */
export const tasks = lazyLens('Task', 'tasks', () => tasksLens(refuseNewFaults));
