// Transformer, data types JSON: a FHIR R4 resource becomes the payload of ClinikAPI.
var library = globalMap.get('clinikFhir');
if (library === null)
  throw new Error('clinik-fhir: nothing is loaded. The server log says why the deploy script failed.');
var answer = JSON.parse(
  library.use((clinikFhir, options) => {
    var refused = (issues) => ({
      ok: false,
      ids: issues.map((issue) => issue.id),
      outcome: clinikFhir.operationOutcome(issues),
    });
    var type = Object(msg).resourceType;
    var lens = typeof type === 'string' ? clinikFhir.findLens(type) : undefined;
    if (lens === undefined) {
      return refused([
        {
          severity: 'error',
          code: 'not-supported',
          id: 'resource-type',
          expression: [],
          diagnostics: 'ClinikAPI has no payload of this type.',
        },
      ]);
    }
    var read = lens.safeFromFhir(msg, options);
    if (!read.ok) return refused(read.issues);
    return { ok: true, path: lens.path, payload: read.payload, losses: read.losses, issues: read.issues };
  }),
);
if (!answer.ok) {
  channelMap.put('clinikOutcome', JSON.stringify(answer.outcome));
  throw new Error('clinik-fhir: the resource was refused: '.concat(answer.ids.join(', ')));
}
channelMap.put('clinikPath', answer.path);
channelMap.put('clinikLosses', JSON.stringify(answer.losses));
channelMap.put('clinikIssues', JSON.stringify(answer.issues));
msg = answer.payload;
