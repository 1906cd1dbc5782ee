// The text of a FHIR R4 resource becomes that of a payload of ClinikAPI.
(text) => {
  const { value, issues } = parsed(text);
  if (issues !== undefined) return refused(issues);
  const type = value?.resourceType;
  const lens = typeof type === 'string' ? clinikFhir.findLens(type) : undefined;
  if (lens === undefined) return refused([refusal('resource-type', 'ClinikAPI has no payload of this type.')]);
  const read = lens.safeFromFhir(value);
  return read.ok ? converted(lens.path, read.payload, read.losses, read.issues) : refused(read.issues);
};
