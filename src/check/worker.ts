// A thread of a validation: it is given lines, and answers with what there is to say of them.
import { workerData } from 'node:worker_threads';
import { valuesIn } from '../read/jsonValues.js';
import type { Line } from '../read/lines.js';
import { recordsIn } from '../read/recordBatches.js';
import { answerTasks } from '../read/threads/answerTasks.js';
import { check } from './checkRecords.js';
import type { TaskOptions } from './runValidation.js';
import { type Validation, validateRecord } from './validateRecord.js';

const options: TaskOptions = workerData;

function* validations(file: string, lines: readonly Line[]): Generator<Validation> {
  for (const record of recordsIn(file, valuesIn(lines), true)) yield validateRecord(record, options);
}

answerTasks((file, lines) => check(validations(file, lines), options));
