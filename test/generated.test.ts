import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { generatedFiles } from '../scripts/generated.js';

describe('what follows from the tables', () => {
  it('is current: the payload checks, the schemas, the mapping pages and the rules', async () => {
    const files = await generatedFiles();
    assert.ok(Object.keys(files).length >= 19);
    for (const [file, text] of Object.entries(files)) {
      assert.ok(readFileSync(file, 'utf8') === text, `${file} is out of date; run npm run generate`);
    }
  });
});
