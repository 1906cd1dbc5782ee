// A payload of ClinikAPI's as FHIR R4: node examples/payloadToFhir.mjs
import { labs } from 'clinik-fhir';

const report = labs.toFhir({
  status: 'final',
  code: '24323-8', // LOINC's, as its check digit tells
  patientId: 'pt_abc123',
  effectiveDateTime: '2026-03-01T09:30:00Z',
  conclusion: 'All values within their limits.',
});
console.log(JSON.stringify(report, null, 2));
