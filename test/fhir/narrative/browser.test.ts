import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { divOf } from '../../../src/fhir/narrative/written.js';
import { narrativeText } from '../../support/arbitraries/text.js';
import { innerTexts, noBrowser, withPage } from '../../support/browser.js';
import { unless } from '../../support/ensure.js';
import { runs } from '../../support/runs.js';

const MEDICATIONS = 'Drug\tDose\tStatus\nWarfarin\t5 mg\tstopped\nApixaban\t5 mg bd\tactive';

describe('a text of a payload', () => {
  unless(noBrowser)('is what Chromium shows of its div, to the character', async () => {
    const texts = [MEDICATIONS, ...fc.sample(narrativeText(300), runs(5000))];
    const divs = texts.map(divOf);
    await withPage(async (page) => {
      for (const syntax of ['xhtml', 'html'] as const)
        expect(await innerTexts(page, divs, syntax)).toStrictEqual(texts);
    });
  });
});
