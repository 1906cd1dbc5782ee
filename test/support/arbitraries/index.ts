// Generators for property tests, made from the contract and from R4: payloads in normal form, and resources.
import { assessments } from './assessments.js';
import { documents } from './documents.js';
import { encounters } from './encounters.js';
import { labs } from './labs.js';
import { ClinicalImpression, Composition, DiagnosticReport, Encounter, Task } from './resources.js';
import { tasks } from './tasks.js';

export { countFields, lookAlikes, payloadFields, stringsOf } from './coverage.js';
export { anyFill, anyOptions } from './options.js';
export { poor } from './poor.js';
export { targetOf } from './r4/contained.js';

export const payloads = { assessments, encounters, documents, labs, tasks };
export const resources = { ClinicalImpression, Encounter, Composition, DiagnosticReport, Task };
