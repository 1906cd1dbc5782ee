// A thread of a run of conversions: it is given lines, or a document, and answers with what becomes of their records.
import { threadId, workerData } from 'node:worker_threads';
import { isSameMark, markOf } from '../../read/files/fileMark.js';
import { documentIn, valuesIn } from '../../read/jsonValues.js';
import { recordsIn } from '../../read/recordBatches.js';
import { answerTasks } from '../../read/threads/answerTasks.js';
import type { ThreadData } from '../../read/threads/pool.js';
import { convertRecord } from '../convertRecord.js';
import { finderIn, type IndexTables, noTables } from '../set/indexTables.js';
import { referencesIn, withMap } from '../set/withSet.js';
import { type Answer, answers } from './answer.js';
import type { ThreadOptions } from './shareLines.js';

const { data }: ThreadData<ThreadOptions> = workerData;
const made = answers(threadId, data.hasOutputs);
const options = mapped();
let finder = finderIn(noTables(), data.home);

async function mapped() {
  const { idMap, options: given } = data;
  if (idMap === undefined) return given;
  // Another map than the first thread has would give records other ids: then that thread does the lines.
  if (!isSameMark(markOf(idMap.path), idMap)) throw new Error('The id map changed.');
  return withMap(given, await (await import('../idMapFile.js')).readIdMap(idMap.path));
}

answerTasks<Answer>(
  async (file, lines, isDocument) => {
    const run = await options;
    const inSet = { ...run, ...referencesIn(finder, run) };
    for (const record of recordsIn(file, isDocument ? lines.map(documentIn) : valuesIn(lines), false)) {
      made.add(convertRecord(record, run, inSet));
      if (finder.asked.size === 0) continue;
      const asked = [...finder.asked];
      finder.asked.clear();
      made.forget();
      return { asked };
    }
    return made.take();
  },
  (tables) => {
    if (isTables(tables)) finder = finderIn(tables, data.home);
  },
  (answer) => ('bytes' in answer && answer.bytes.buffer instanceof ArrayBuffer ? [answer.bytes.buffer] : []),
);

function isTables(what: unknown): what is IndexTables {
  return typeof what === 'object' && what !== null && 'types' in what && 'urls' in what && 'done' in what;
}
