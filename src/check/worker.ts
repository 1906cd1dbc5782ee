// A thread of a validation: it is given lines, or a document, and answers with what there is to say of them.
import { workerData } from 'node:worker_threads';
import { documentIn, type Value, valuesIn } from '../read/jsonValues.js';
import { runGuide } from '../read/packages/runGuide.js';
import { recordsIn } from '../read/recordBatches.js';
import type { Source } from '../read/source.js';
import { answerTasks } from '../read/threads/answerTasks.js';
import type { ThreadData } from '../read/threads/pool.js';
import { turnsIn } from '../read/threads/turns.js';
import { check } from './checkRecords.js';
import type { TaskOptions } from './runValidation.js';
import { type Validation, validateRecord } from './validateRecord.js';

const {
  data: { guideData, ...given },
  turns: memory,
}: ThreadData<TaskOptions> = workerData;
const guide = guideData && runGuide(guideData);
const options = { ...given, ...guide?.checks, guide };
const turns = memory && turnsIn(memory);
const ids = (options.rules ?? []).map(({ id }) => id);
let current: Source | undefined;

/** Says which rule is evaluated, on which record. */
const watch = turns && {
  begin: (id: string) => turns.begin(ids.indexOf(id), current?.line ?? 0, Number.parseInt(current?.entry ?? '-1', 10)),
  end: () => turns.end(),
};

function* validations(file: string, values: Iterable<Value>): Generator<Validation> {
  for (const record of recordsIn(file, values, true)) {
    current = record.source;
    yield validateRecord(record, options, watch);
  }
}

answerTasks((file, lines, isDocument) =>
  check(validations(file, isDocument ? lines.map(documentIn) : valuesIn(lines)), options),
);
