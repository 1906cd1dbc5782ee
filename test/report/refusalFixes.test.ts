import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { meaningsOf } from '../../src/report/html/meanings.js';
import { REFUSAL_FIXES } from '../../src/report/refusalFixes.js';
import { rulePages } from '../../src/report/rulePages.js';

const [page = '', files = ''] = ['issues.md', 'files.md'].map((name) => readFileSync(join('docs', name), 'utf8'));
const [reading = ''] = page.split('\n## ').filter((part) => part.startsWith('Reading a resource\n'));
const refusals = [...reading.matchAll(/^\| (`[^|]+) \| error \|/gm)].flatMap(([, ids = '']) =>
  [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id),
);

describe('a fix', () => {
  it.each(refusals)('is known for what refuses a resource: %s', (id) => {
    expect(meaningsOf(id).fix).toMatch(/^[A-Z].+\.$/s);
  });

  it.each([...REFUSAL_FIXES.keys()])('is for an issue that is documented, and for no rule: %s', (id) => {
    expect(page + files).toContain(`\`${id}\``);
    expect(rulePages().has(id)).toBe(false);
  });

  it('is not known of a rule of the user', () => {
    expect(meaningsOf('my-own-rule')).toStrictEqual({});
  });
});
