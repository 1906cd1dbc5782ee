// Valid R4 resources of the five types, as EHRs write them; they owe nothing to the library.
export { ClinicalImpression } from './r4/clinical-impression.js';
export { Composition } from './r4/composition.js';
export { DiagnosticReport } from './r4/diagnostic-report.js';
export { Encounter } from './r4/encounter.js';
export { Task } from './r4/task.js';
