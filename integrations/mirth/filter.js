// Filter, a JavaScript rule: accepts a resource or Bundle that is valid R4. Of any other the channel map says why, as `clinikOutcome`.
var outcome = globalMap.get('clinikFhir').use(function (clinikFhir) {
  return clinikFhir.validate(msg);
});
var failures = JSON.parse(outcome).issue.filter(function (issue) {
  return issue.severity === 'error' || issue.severity === 'fatal';
});
if (failures.length === 0) return true;
channelMap.put('clinikOutcome', outcome);
logger.info('clinik-fhir: a message was rejected, with '.concat(String(failures.length), ' failures.'));
return false;
