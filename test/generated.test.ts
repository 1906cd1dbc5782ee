import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { generatedFiles } from '../scripts/generated.js';
import { ensure } from './support/ensure.js';

describe('what follows from the tables', () => {
  it('is current: the payload checks, the schemas, the mapping pages and the rules', async () => {
    const files = await generatedFiles();
    expect(Object.keys(files).length).toBeGreaterThanOrEqual(19);
    for (const [file, text] of Object.entries(files)) {
      ensure(readFileSync(file, 'utf8') === text, `${file} is out of date; run npm run generate`);
    }
  });
});
