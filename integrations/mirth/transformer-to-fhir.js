// Transformer, data types JSON: a payload of ClinikAPI becomes a FHIR R4 resource. The channel map says which by `clinikPath`, such as
// `encounters`; where a channel has payloads of one path only, an earlier step puts it there.
var library = globalMap.get('clinikFhir');
if (library === null)
  throw new Error('clinik-fhir: nothing is loaded. The server log says why the deploy script failed.');
var path = String(channelMap.get('clinikPath'));
var answer = JSON.parse(
  library.use((clinikFhir, options) => {
    var refused = (issues) => ({
      ok: false,
      ids: issues.map((issue) => issue.id),
      outcome: clinikFhir.operationOutcome(issues),
    });
    var lens = clinikFhir.findLens(path);
    if (lens === undefined) {
      return refused([
        {
          severity: 'error',
          code: 'not-supported',
          id: 'bundle-path',
          expression: [],
          diagnostics: 'There are no payloads of this path.',
        },
      ]);
    }
    var written = lens.safeToFhir(msg, options);
    if (!written.ok) return refused(written.issues);
    return { ok: true, resource: written.resource, issues: written.issues };
  }),
);
if (!answer.ok) {
  channelMap.put('clinikOutcome', JSON.stringify(answer.outcome));
  throw new Error('clinik-fhir: the payload was refused: '.concat(answer.ids.join(', ')));
}
channelMap.put('clinikIssues', JSON.stringify(answer.issues));
msg = answer.resource;
