// Transformer, data types JSON: a FHIR R4 resource becomes the payload of ClinikAPI.
var answer = JSON.parse(
  globalMap.get('clinikFhir').use((clinikFhir, options) => {
    var lens = clinikFhir.findLens(msg.resourceType);
    if (lens === undefined) return { ok: false };
    var read = lens.safeFromFhir(msg, options);
    if (read.ok) return { ok: true, path: lens.path, payload: read.payload, losses: read.losses };
    return {
      ok: false,
      ids: read.issues.map((issue) => issue.id),
      outcome: clinikFhir.operationOutcome(read.issues),
    };
  }),
);
if (answer.ids === undefined && !answer.ok) throw new Error('clinik-fhir: ClinikAPI has no payload of this type.');
if (!answer.ok) {
  channelMap.put('clinikOutcome', JSON.stringify(answer.outcome));
  throw new Error('clinik-fhir: the resource was refused: '.concat(answer.ids.join(', ')));
}
channelMap.put('clinikPath', answer.path);
channelMap.put('clinikLosses', JSON.stringify(answer.losses));
msg = answer.payload;
