import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { FILL } from '../scripts/producers/fill.js';
import { tables } from '../scripts/producers/tables.js';
import { unless } from './support/ensure.js';

const FOREIGN = join('..', 'shared', 'foreign');

describe('docs/producers.md', () => {
  unless(existsSync(FOREIGN) ? false : 'the files of the producers are not here')(
    'has what the records of each producer become, and why the others do not',
    async () => {
      const page = readFileSync(join('docs', 'producers.md'), 'utf8');
      const [, written] = /<!-- tables -->\n([\s\S]*?)\n<!-- end -->/.exec(page) ?? [];
      expect(written).toBe(await tables(FOREIGN, { fill: FILL }));
    },
  );
});
