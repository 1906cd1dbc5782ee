// The text of a payload of ClinikAPI becomes that of a FHIR R4 resource; `path` says which payload it is, such as "encounters".
(text, path) => {
  const lens = clinikFhir.findLens(String(path));
  if (lens === undefined) return refused([refusal('bundle-path', 'There are no payloads of this path.')]);
  const written = lens.safeToFhir(parsed(text));
  if (!written.ok) return refused(written.issues);
  return { path: lens.path, body: JSON.stringify(written.resource), losses: '[]' };
};
