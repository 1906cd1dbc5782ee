import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { findLens, lenses } from '../../src/resources/registry.js';
import { atEnd } from './atEnd.js';

/** A record that a server has taken. */
export interface Stored {
  readonly path: string;
  readonly id: string;
  readonly payload: JsonObject;
  /** How many others were stored before. */
  readonly order: number;
}

/** A server that answers as ClinikAPI does where records are created: it checks request and payload, and gives an id. */
export interface Server {
  readonly url: string;
  readonly stored: readonly Stored[];
  /** The status of each answer, in their order; 0 where the connection was cut instead. */
  readonly answers: readonly number[];
}

/** What goes wrong with a request that is as it should be. */
export type Trouble =
  | { readonly kind: 'limit'; readonly headers: Readonly<Record<string, string>> }
  /** The record is stored, or not, and the answer is lost on its way. */
  | { readonly kind: 'cut'; readonly isStored: boolean }
  | { readonly kind: 'fail'; readonly status: number; readonly isStored: boolean }
  /** An answer of which only the first bytes arrive. */
  | { readonly kind: 'half' };

/** A key as ClinikAPI gives them out (the security scheme `ApiKeyAuth` of its OpenAPI file). */
export const API_KEY = 'clk_test_0123456789abcdef';

/** The bytes that ClinikAPI's SDK sends in one body at most. */
const MAX_BODY = 1024 * 1024;

/** An answer other than that of a create. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly issues?: unknown;
}

/**
 * Starts one that goes when the tests around the call are done. `trouble` is asked before each answer to a good request, of which
 * `count` came before.
 */
export async function clinikApi(trouble: (count: number) => Trouble | undefined = () => undefined): Promise<Server> {
  const stored: Stored[] = [];
  const answers: number[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): void => {
      answers.push(status);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    const payload = await check(request);
    if (isRefusal(payload)) {
      const { status, ...body } = payload;
      answer(status, { error: 'Refused', requestId: 'r', ...body });
      return;
    }
    const wrong = trouble(count);
    count += 1;
    const create = (): Stored => {
      const path = pathOf(request);
      const record = { path, id: `live_${stored.length + 1}`, payload, order: stored.length };
      stored.push(record);
      return record;
    };
    if (wrong?.kind === 'limit') answer(429, { error: 'Too many requests', code: 'RATE_LIMITED' }, wrong.headers);
    else if (wrong?.kind === 'fail') {
      if (wrong.isStored) create();
      answer(wrong.status, { error: 'Failed', code: 'INTERNAL' });
    } else if (wrong?.kind === 'cut') {
      if (wrong.isStored) create();
      answers.push(0);
      response.destroy();
    } else if (wrong?.kind === 'half') {
      create();
      answers.push(0);
      sendHalf(response);
    } else {
      const { id, path } = create();
      // The raw route gives the resource itself, with the id of the server in the place of its own.
      if (RAW.test(path)) {
        answer(201, { ...payload, id });
        return;
      }
      const meta = { requestId: 'r', timestamp: '2026-01-05T10:00:00Z', status: 201 };
      answer(201, { data: { id, ...payload }, meta });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, stored, answers };
}

/** The raw FHIR route, and what it takes (`fhirPost` of ClinikAPI's OpenAPI file). */
const RAW = /^fhir\/[A-Z][A-Za-z]+$/;
const FHIR_JSON = /^application\/fhir\+json\s*(?:;|$)/i;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

const pathOf = ({ url }: IncomingMessage): string => (url ?? '').replace(/^\/v1\//, '');

function isRefusal(result: JsonObject | Refusal): result is Refusal {
  return 'code' in result && typeof result.status === 'number';
}

/** The payload of a create, or why ClinikAPI would refuse the request. */
async function check(request: IncomingMessage): Promise<JsonObject | Refusal> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { method, headers, url } = request;
  if (!/^clk_(?:live|test)_\w+$/.test(String(headers['x-api-key'] ?? ''))) return { status: 401, code: 'UNAUTHORIZED' };
  const path = pathOf(request);
  const isRaw = RAW.test(path);
  if (url?.startsWith('/v1/') !== true || !(Object.hasOwn(lenses, path) || isRaw))
    return { status: 404, code: 'NOT_FOUND' };
  if (method !== 'POST') return { status: 405, code: 'METHOD_NOT_ALLOWED' };
  if (!(isRaw ? FHIR_JSON : JSON_TYPE).test(headers['content-type'] ?? ''))
    return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' };
  if (body.length > MAX_BODY) return { status: 413, code: 'PAYLOAD_TOO_LARGE' };
  const payload = parsed(body);
  if (payload === undefined) return { status: 400, code: 'INVALID_JSON' };
  if (isRaw)
    return isObject(payload) && path === `fhir/${payload.resourceType}` ? payload : { status: 422, code: 'FHIR_ERROR' };
  const issues = findLens(path)?.validatePayload(payload) ?? [];
  return isObject(payload) && issues.length === 0 ? payload : { status: 422, code: 'VALIDATION_ERROR', issues };
}

/** JSON in UTF-8, and nothing else. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return undefined;
  }
}

function sendHalf(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/json' });
  response.write('{"data":{"id":"li', () => response.destroy());
}
