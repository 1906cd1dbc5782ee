import { describe, it } from '@jest/globals';
import type { DiagnosticReport, Task } from 'fhir/r4.js';
import { documents, encounters, labs, payloadsToBundle, tasks, validate } from '../../src/index.js';

declare const report: DiagnosticReport;
declare const task: Task;

/** Every one of these lines is an error of the compiler; one that is none is an error of its own. */
describe('what does not compile', () => {
  it('is a payload without a required field', () => {
    // @ts-expect-error: patientId is missing.
    labs.toFhir({ status: 'final', code: '24323-8' });
    // @ts-expect-error: a document has sections.
    documents.toFhir({ status: 'final', type: 't', patientId: 'p', practitionerId: 'd', title: 't' });
  });

  it('is a status of another resource', () => {
    // @ts-expect-error: it is finished, not done.
    encounters.toFhir({ status: 'done', class: 'AMB', patientId: 'p' });
    // @ts-expect-error: entered-in-error is none of ClinikAPI's.
    tasks.toFhir({ status: 'entered-in-error', intent: 'order' });
  });

  it('is a field that no payload has', () => {
    // @ts-expect-error: it is patientId.
    tasks.toFhir({ status: 'draft', intent: 'order', patient: 'p' });
    // @ts-expect-error: FHIR's own name.
    labs.update(report, { conclusionCode: [] });
  });

  it('is a resource of another type', () => {
    // @ts-expect-error: a Task is no DiagnosticReport.
    labs.fromFhir(task);
    // @ts-expect-error: nor can a lab be put over it.
    labs.toFhir({ status: 'final', code: 'c', patientId: 'p' }, { onto: task });
    // @ts-expect-error: nor one be updated as the other.
    tasks.update(report, {});
  });

  it('is an option that there is not, or a value that it cannot have', () => {
    // @ts-expect-error: prose is refused or cut.
    labs.fromFhir(report, { overflow: 'ignore' });
    // @ts-expect-error: residue is an option of reading.
    tasks.toFhir({ status: 'draft', intent: 'order' }, { residue: true });
    // @ts-expect-error: it is maxIssues.
    validate(report, { maxErrors: 1 });
    // @ts-expect-error: a history is no Bundle that payloads can make.
    payloadsToBundle({}, { type: 'history' });
    // @ts-expect-error: the sets go by their paths.
    payloadsToBundle({ DiagnosticReport: [] }, { type: 'batch' });
  });
});
