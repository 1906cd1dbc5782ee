import { parentPort } from 'node:worker_threads';
import type { Line } from '../lines.js';
import type { Task, Told } from './pool.js';

/**
 * In a thread: answers the tasks of the pool that started it, one after the other, so that the answers come in their order. `told` is
 * given what the pool tells, in the same order; `handedOver` says which memory of an answer is the other thread's from then on.
 */
export function answerTasks<Answer>(
  answer: (file: string, lines: readonly Line[], isDocument: boolean) => Promise<Answer>,
  told: (what: unknown) => void = () => undefined,
  handedOver: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', (message: Task | Told) => {
    if ('told' in message) {
      last = last.then(() => told(message.told));
      return;
    }
    const { file, lines, isDocument } = message;
    // Bytes come from another thread without what makes them a Buffer.
    const own = lines.map(({ number, bytes }) => ({
      number,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }));
    last = last.then(async () => {
      const made = await answer(file, own, isDocument);
      parentPort?.postMessage(made, handedOver(made));
    });
  });
}
