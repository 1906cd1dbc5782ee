// A thread of a validation: it is given lines, and answers with what there is to say of them.
import { parentPort, workerData } from 'node:worker_threads';
import { valuesIn } from '../read/jsonValues.js';
import { recordsIn } from '../read/recordBatches.js';
import type { Task, TaskOptions } from '../read/threads/pool.js';
import { check } from './checkRecords.js';
import { type Validation, validateRecord } from './validateRecord.js';

const options: TaskOptions = workerData;

function* validations({ file, lines }: Task): Generator<Validation> {
  // Bytes come from another thread without what makes them a Buffer.
  const own = lines.map(({ number, bytes }) => ({
    number,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  }));
  for (const record of recordsIn(file, valuesIn(own), true)) yield validateRecord(record, options);
}

let last: Promise<void> = Promise.resolve();

// One after the other, so that the answers come in the order of the tasks.
parentPort?.on('message', (task: Task) => {
  last = last.then(async () => parentPort?.postMessage(await check(validations(task), options)));
});
