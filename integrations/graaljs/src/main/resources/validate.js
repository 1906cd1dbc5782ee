// The text of a FHIR R4 resource or Bundle becomes that of an OperationOutcome, which says what is wrong with it.
(text) => JSON.stringify(clinikFhir.validate(parsed(text)));
