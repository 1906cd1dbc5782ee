// What the other scripts have in common; it is run once in each context.
// biome-ignore-all lint/correctness/noUnusedVariables: the other scripts call it

/** What a text of JSON holds, or the issues that say why it holds nothing. */
function parsed(text) {
  try {
    if (typeof text === 'string') return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof RangeError)
      return { issues: [refusal('too-deep', 'This JSON is nested too deeply.', 'structure')] };
  }
  return { issues: [refusal('json-malformed', 'This is no JSON.', 'structure')] };
}

function refusal(id, diagnostics, code = 'not-supported') {
  return { severity: 'error', code, id, expression: [], diagnostics };
}

/** The ids of what is wrong, for a log, and all of it as an OperationOutcome. Neither holds a value of the record. */
function refused(issues) {
  return {
    refused: issues.map(({ id }) => id).join(', '),
    outcome: JSON.stringify(clinikFhir.operationOutcome(issues)),
  };
}

/** A record that was converted, with what its target has no place for and what else is worth saying about it. */
function converted(path, body, losses, issues) {
  return { path, body: JSON.stringify(body), losses: JSON.stringify(losses), issues: JSON.stringify(issues) };
}
