import { describe, expect, it } from '@jest/globals';
import { compact } from '../../../src/check/formats/compact.js';
import { ALL, finding, NOTHING, written } from './samples.js';

describe('the format compact', () => {
  it('is a line for each finding that counts, which begins as editors want it', () => {
    expect(written(compact(), [finding(), finding({ expression: undefined, severity: 'warning' })])).toBe(
      `export/Patient.ndjson:12:71: error per-1 If present, start SHALL have a lower value than end. (Patient.name[0].period)
export/Patient.ndjson:12:71: warning per-1 If present, start SHALL have a lower value than end.
`,
    );
  });

  it('is nothing where nothing was found, and where all is known or ignored', () => {
    expect(written(compact(), [], NOTHING)).toBe('');
    expect(written(compact(), [finding({ state: 'known' }), finding({ state: 'ignored' })])).toBe('');
  });

  it('has one line for each, whatever the names and texts, and no id', () => {
    const text = written(compact(), ALL);
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(ALL.filter(({ state }) => state === 'new').length);
    for (const line of lines) expect(line).toMatch(/^.+:\d+:\d+: (?:fatal|error|warning|information) \S/);
    expect(text).not.toMatch(/[^\P{Cc}\n]|pat-12/u);
  });
});
