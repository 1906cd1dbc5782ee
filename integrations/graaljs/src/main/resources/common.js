// What the other scripts have in common; it is run once in each context.
// biome-ignore-all lint/correctness/noUnusedVariables: the other scripts call it

/** What a text of JSON holds; undefined, which the library refuses, where it is none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(id, diagnostics) {
  return { severity: 'error', code: 'not-supported', id, expression: [], diagnostics };
}

/** The ids of what is wrong, for a log, and all of it as an OperationOutcome. Neither holds a value of the record. */
function refused(issues) {
  return {
    refused: issues.map(({ id }) => id).join(', '),
    outcome: JSON.stringify(clinikFhir.operationOutcome(issues)),
  };
}
