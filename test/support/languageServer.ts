import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { atEnd } from './atEnd.js';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

/** TypeScript as editors use it, by the Language Server Protocol (https://microsoft.github.io/language-server-protocol/). */
export async function languageServer(): Promise<{
  /** Opens a text as if it stood in a file, and gives what an editor shows at each offset. */
  shown(file: string, text: string, offsets: readonly number[]): Promise<string[]>;
}> {
  const child = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  atEnd(() => child.kill());
  const asked = new Map<unknown, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let message = next(); message !== undefined; message = next()) take(message);
  });
  await ask('initialize', { processId: null, rootUri: pathToFileURL('.').href, capabilities: {} });
  send({ method: 'initialized', params: {} });
  return {
    async shown(file, text, offsets) {
      const uri = pathToFileURL(file).href;
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, languageId: 'typescript', version: 1, text } },
      });
      const places = offsets.map((offset) => {
        const lines = text.slice(0, offset).split('\n');
        return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      });
      const hovers = places.map((position) => ask('textDocument/hover', { textDocument: { uri }, position }));
      return (await Promise.all(hovers)).map((hover) => JSON.stringify(hover));
    },
  };

  function send(message: JsonObject): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  function ask(method: string, params: JsonObject): Promise<unknown> {
    const id = asked.size + 1;
    return new Promise((resolve) => {
      asked.set(id, resolve);
      send({ id, method, params });
    });
  }

  /** The next message that was received whole. */
  function next(): JsonObject | undefined {
    const head = received.indexOf('\r\n\r\n');
    const [, length] = /Content-Length: (\d+)/.exec(received.toString('latin1', 0, Math.max(head, 0))) ?? [];
    const end = head + 4 + Number(length);
    if (length === undefined || received.length < end) return undefined;
    const message: unknown = JSON.parse(received.toString('utf8', head + 4, end));
    received = received.subarray(end);
    return isObject(message) ? message : {};
  }

  function take({ id, method, params, result }: JsonObject): void {
    if (method === undefined) asked.get(id)?.(result);
    // What the server asks of an editor (its settings) has no answer here.
    else if (id !== undefined)
      send({ id, result: isObject(params) && Array.isArray(params.items) ? params.items.map(() => null) : null });
  }
}
