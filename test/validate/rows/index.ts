import type { InvariantRows, Row } from '../../support/validation.js';
import { addressedRows } from './addresses.js';
import { anchorRows } from './anchors.js';
import { answerRows } from './answers.js';
import { bundleRows, entryRows } from './bundle.js';
import { displayRows, knownCodeRows, standardRows } from './codes.js';
import { bestPracticeRows, containedRows, dom3Rows } from './contained.js';
import { datatypeRows } from './datatypes.js';
import { extensionRows } from './extensions.js';
import { jsonRows } from './json.js';
import { narrativeRows } from './narrative.js';
import { quantityRows } from './quantities.js';
import { referenceRows } from './references.js';
import { wordedEntryRows } from './requests.js';
import { resourceRows } from './resources.js';
import { siblingRows } from './siblings.js';
import { choiceRows, requiredRows, unknownRows } from './structure.js';
import { codeRows, conceptRows, extensibleRows } from './terminology.js';
import { textRows } from './texts.js';
import { timingRows } from './timing.js';
import { typeRows } from './types.js';

/** The rows of each invariant, by its key. */
export const ROWS_BY_KEY: InvariantRows = {
  ...datatypeRows,
  ...quantityRows,
  ...timingRows,
  ...typeRows,
  ...containedRows,
  ...bundleRows,
  'dom-3': dom3Rows,
  'dom-6': bestPracticeRows,
  'txt-1': narrativeRows,
  'txt-2': narrativeRows,
};

/** All rows, each once. */
export const ROWS: readonly Row[] = [
  ...new Set([
    ...Object.values(ROWS_BY_KEY).flat(),
    ...unknownRows,
    ...choiceRows,
    ...requiredRows,
    ...jsonRows,
    ...siblingRows,
    ...resourceRows,
    ...entryRows,
    ...wordedEntryRows,
    ...answerRows,
    ...textRows,
    ...addressedRows,
    ...anchorRows,
    ...referenceRows,
    ...codeRows,
    ...conceptRows,
    ...extensibleRows,
    ...knownCodeRows,
    ...displayRows,
    ...standardRows,
    ...extensionRows,
  ]),
];
