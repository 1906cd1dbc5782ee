// Transformer, data types JSON: a payload of ClinikAPI becomes a FHIR R4 resource. The channel map says which by `clinikPath`, such as
// `encounters`; where a channel has payloads of one path only, an earlier step puts it there.
var path = String(channelMap.get('clinikPath'));
var answer = JSON.parse(
  globalMap.get('clinikFhir').use((clinikFhir, options) => {
    var lens = clinikFhir.findLens(path);
    if (lens === undefined) return { ok: false };
    var written = lens.safeToFhir(msg, options);
    if (written.ok) return { ok: true, resource: written.resource };
    return {
      ok: false,
      ids: written.issues.map((issue) => issue.id),
      outcome: clinikFhir.operationOutcome(written.issues),
    };
  }),
);
if (answer.ids === undefined && !answer.ok) throw new Error('clinik-fhir: clinikPath in the channel map is no path.');
if (!answer.ok) {
  channelMap.put('clinikOutcome', JSON.stringify(answer.outcome));
  throw new Error('clinik-fhir: the payload was refused: '.concat(answer.ids.join(', ')));
}
msg = answer.resource;
