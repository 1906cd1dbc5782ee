// Filter, a JavaScript rule: accepts a resource or Bundle that is valid R4 and keeps the `rules` of OPTIONS in the deploy script. Of any
// other the channel map says why, as `clinikOutcome`.
var library = globalMap.get('clinikFhir');
if (library === null) throw new Error('clinik-fhir: nothing is loaded. The server log says why the deploy script failed.');
var outcome = library.use(function (clinikFhir, options) {
  return clinikFhir.validate(msg, options);
});
var failures = JSON.parse(outcome).issue.filter(function (issue) {
  return issue.severity === 'error' || issue.severity === 'fatal';
});
if (failures.length === 0) return true;
channelMap.put('clinikOutcome', outcome);
logger.info('clinik-fhir: a message was rejected, with '.concat(String(failures.length), ' failures.'));
return false;
