import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FORMATS } from '../../../src/check/formats/machineFormats.js';
import { finding, OPTIONS, summaryOf } from './samples.js';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes that are still needed. */
function used(): number {
  assert.ok(typeof collect === 'function');
  collect();
  return process.memoryUsage().heapUsed;
}

describe('each format', () => {
  for (const [name, format] of Object.entries(FORMATS))
    it(`hands findings on as they come: ${name}`, () => {
      const writer = format(OPTIONS);
      writer.begin();
      let written = 0;
      const before = used();
      for (let index = 0; index < 100_000; index += 1)
        written += writer.add(finding({ fingerprint: `f-${index}`, expression: `Patient.name[${index}]` })).length;
      const kept = used() - before;
      assert.ok(written > 10_000_000, `${written} characters`);
      assert.ok(kept < 2_000_000, `${kept} bytes kept`);
      assert.ok(writer.end(summaryOf([])).length < 300_000);
    });
});
