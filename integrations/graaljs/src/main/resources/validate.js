// The text of a FHIR R4 resource or Bundle becomes that of an OperationOutcome, which says what is wrong with it.
(text) => {
  const { value, issues } = parsed(text);
  return JSON.stringify(issues === undefined ? clinikFhir.validate(value) : clinikFhir.operationOutcome(issues));
};
