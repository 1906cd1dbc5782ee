import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { meaningsOf } from '../../src/report/html/meanings.js';

const page = readFileSync(join('docs', 'issues.md'), 'utf8');
const [reading = ''] = page.split('\n## ').filter((part) => part.startsWith('Reading a resource\n'));
const refusals = [...reading.matchAll(/^\| (`[^|]+) \| error \|/gm)].flatMap(([, ids = '']) =>
  [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id),
);

describe('a fix', () => {
  it.each(refusals)('is known for what refuses a resource: %s', (id) => {
    expect(meaningsOf(id).fix).toMatch(/^[A-Z`].+\.$/s);
  });

  it('is not known of a rule of the user', () => {
    expect(meaningsOf('my-own-rule')).toStrictEqual({});
  });
});
