// The text of a payload of ClinikAPI becomes that of a FHIR R4 resource; `path` says which payload it is, such as "encounters".
(text, path) => {
  const { value, issues } = parsed(text);
  if (issues !== undefined) return refused(issues);
  const lens = clinikFhir.findLens(String(path));
  if (lens === undefined) return refused([refusal('bundle-path', 'There are no payloads of this path.')]);
  const written = lens.safeToFhir(value);
  return written.ok ? converted(lens.path, written.resource, [], written.issues) : refused(written.issues);
};
