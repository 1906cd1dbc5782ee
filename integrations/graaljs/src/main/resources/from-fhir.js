// The text of a FHIR R4 resource becomes that of a payload of ClinikAPI.
(text) => {
  const resource = parsed(text);
  const lens = clinikFhir.findLens(String(resource?.resourceType));
  if (lens === undefined) return refused([refusal('resource-type', 'ClinikAPI has no payload of this type.')]);
  const read = lens.safeFromFhir(resource);
  if (!read.ok) return refused(read.issues);
  return { path: lens.path, body: JSON.stringify(read.payload), losses: JSON.stringify(read.losses) };
};
