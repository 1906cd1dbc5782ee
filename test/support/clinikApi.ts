import { once } from 'node:events';
import { createServer } from 'node:http';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { findLens } from '../../src/resources/registry.js';
import { atEnd } from './atEnd.js';

/** A record that a server has taken. */
export interface Stored {
  readonly path: string;
  readonly id: string;
  readonly payload: JsonObject;
  /** How many others were stored before. */
  readonly order: number;
}

/** A server that answers as ClinikAPI does where records are created: it checks the payload, and gives it an id. */
export interface Server {
  readonly url: string;
  readonly stored: readonly Stored[];
}

/** Starts one that goes when the tests around the call are done. */
export async function clinikApi(): Promise<Server> {
  const stored: Stored[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url?.replace('/v1/', '') ?? '';
    const payload: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const faults = findLens(path)?.validatePayload(payload);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method !== 'POST' || faults === undefined || faults.length > 0 || !isObject(payload)) {
      answer(400, { error: 'Bad Request', code: 'VALIDATION', requestId: 'r', issues: faults ?? [] });
      return;
    }
    const id = `live_${stored.length + 1}`;
    stored.push({ path, id, payload, order: stored.length });
    answer(201, { data: { id, ...payload }, meta: { requestId: 'r', timestamp: '2026-01-05T10:00:00Z', status: 201 } });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, stored };
}
