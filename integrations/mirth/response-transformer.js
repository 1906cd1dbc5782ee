// Response transformer, data types JSON: what ClinikAPI answered, in one form for each of its shapes. An error is kept as an
// OperationOutcome in the channel map, as `clinikOutcome`, and the message gets the status ERROR.
var library = globalMap.get('clinikFhir');
if (library === null)
  throw new Error('clinik-fhir: nothing is loaded. The server log says why the deploy script failed.');
var path = channelMap.get('clinikPath');
var answer = JSON.parse(
  library.use((clinikFhir) => {
    var response = clinikFhir.fromResponse(msg, path === null ? {} : { path: String(path) });
    if (response.kind === 'error') return { response: response, outcome: clinikFhir.errorToOutcome(response.error) };
    var records = response.kind === 'record' ? [response.record] : response.records || [];
    var issues = records.reduce((all, record) => (record.ok ? all : all.concat(record.issues)), response.issues);
    var failed = issues.some((issue) => issue.severity === 'error' || issue.severity === 'fatal');
    return failed ? { response: response, outcome: clinikFhir.operationOutcome(issues) } : { response: response };
  }),
);
if (answer.outcome !== undefined) {
  channelMap.put('clinikOutcome', JSON.stringify(answer.outcome));
  responseStatus = ERROR;
  responseStatusMessage = 'clinik-fhir: the answer is an error, or cannot be read. The channel map says why.';
}
msg = answer.response;
