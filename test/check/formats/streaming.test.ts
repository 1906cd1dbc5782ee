import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { FORMATS } from '../../../src/check/formats/machineFormats.js';
import { paint } from '../../../src/cli/style.js';
import { text } from '../../../src/cli/textFormat.js';
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

describe('the format text', () => {
  it('keeps a few findings of each rule and path, and no more', () => {
    const colours = paint({}, {});
    const options = { width: 80, paint: colours, verbose: true, maxDiagnostics: 20, lines: 150, statistics: false };
    const writer = text({ ...options, isExplained: () => true });
    const before = used();
    for (let index = 0; index < 100_000; index += 1) {
      const source = { file: `file-${index}.json`, line: index + 1 };
      writer.add(finding({ source, rule: `r-${index % 50}`, expression: `Patient.name[${index}]` }));
    }
    const kept = used() - before;
    ensure(kept < 2_000_000, `${kept} bytes kept`);
    expect(writer.end(summaryOf([])).length).toBeLessThan(30_000);
  });
});

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
