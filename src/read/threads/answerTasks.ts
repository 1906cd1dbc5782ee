import { parentPort } from 'node:worker_threads';
import type { Line } from '../lines.js';
import type { Task } from './pool.js';

/** In a thread: answers the tasks of the pool that started it, one after the other, so that the answers come in their order. */
export function answerTasks(
  answer: (file: string, lines: readonly Line[], isDocument: boolean) => Promise<unknown>,
): void {
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', ({ file, lines, isDocument }: Task) => {
    // Bytes come from another thread without what makes them a Buffer.
    const own = lines.map(({ number, bytes }) => ({
      number,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }));
    last = last.then(async () => parentPort?.postMessage(await answer(file, own, isDocument)));
  });
}
