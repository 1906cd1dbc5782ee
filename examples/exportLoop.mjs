// Sends each record of an export to ClinikAPI: node examples/exportLoop.mjs fixtures/ehr-export
import { convertRecords } from 'clinik-fhir/node';

const sent = {};
const problems = [];

// Stands for ClinikAPI's SDK: clinik[path].create(payload). docs/sets.md has the order for records that point at each other.
async function send(path, _payload) {
  sent[path] = (sent[path] ?? 0) + 1;
}

// A file, a line and the identifiers of docs/issues.md: no value of the record.
function note({ file, line }, issues) {
  const reasons = issues.filter(({ severity }) => severity === 'error' || severity === 'fatal').map(({ id }) => id);
  problems.push(`${[file, line].filter(Boolean).join(':')} ${reasons.join(', ')}`);
}

for await (const record of convertRecords(process.argv.slice(2), { to: 'payload' })) {
  if (record.kind === 'converted') await send(record.name, record.output);
  else if (record.kind === 'rejected') note(record.source, record.issues);
  else if (record.kind === 'unreadable') note(record.source, [record.issue]);
}

console.log(sent);
for (const problem of problems) console.error(problem);
// It is no success to leave something out, nor to find nothing to send.
if (problems.length > 0 || Object.keys(sent).length === 0) process.exitCode = 1;
