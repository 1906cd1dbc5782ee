// An HTTP server that takes FHIR R4, and refuses with an OperationOutcome what is none: node examples/fhirHandler.mjs 8080
import { createServer } from 'node:http';
import { validate } from 'clinik-fhir';

const MAX_BYTES = 1_000_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

// What becomes of a resource that is valid is yours to say.
async function accept(resource) {
  console.log(`accepted: ${resource.resourceType}`);
}

const refusal = (code, diagnostics) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics }],
});

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BYTES ? Buffer.concat(chunks) : undefined;
}

async function answerTo(request) {
  if (request.method !== 'POST') return [405, refusal('not-supported', 'A resource is sent by POST.')];
  const body = await bodyOf(request);
  if (body === undefined) return [413, refusal('too-long', `A resource has ${MAX_BYTES} bytes at most.`)];
  let resource;
  try {
    resource = JSON.parse(utf8.decode(body));
  } catch {
    // The error's own message would quote the body.
    return [400, refusal('structure', 'The body is no JSON in UTF-8.')];
  }
  const outcome = validate(resource);
  if (outcome.issue.some(({ severity }) => severity === 'error' || severity === 'fatal')) return [422, outcome];
  await accept(resource);
  return [200, outcome];
}

const server = createServer(async (request, response) => {
  const [status, outcome] = await answerTo(request).catch(() => [500, refusal('exception', 'This went wrong here.')]);
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...(status === 405 ? { allow: 'POST' } : {}) });
  response.end(JSON.stringify(outcome));
});

server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`listening: http://127.0.0.1:${server.address().port}`);
});
