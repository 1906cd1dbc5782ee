import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { FORMATS } from '../../../src/check/formats/machineFormats.js';
import { ensure } from '../../support/ensure.js';
import { finding, OPTIONS, summaryOf } from './samples.js';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes that are still needed. */
function used(): number {
  ensure(typeof collect === 'function');
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
      ensure(written > 10_000_000, `${written} characters`);
      ensure(kept < 2_000_000, `${kept} bytes kept`);
      expect(writer.end(summaryOf([])).length).toBeLessThan(300_000);
    });
});
