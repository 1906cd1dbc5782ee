import type { JsonObject } from '../../../src/lens/json.js';
import type { Row } from '../../support/validation.js';

const group = { linkId: 'g', type: 'group', item: [{ linkId: 'g.1', type: 'string' }] };
const questionnaire = (...item: JsonObject[]) => ({
  questionnaire: '#q',
  contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'draft', item: [group, ...item] }],
});
const required = { linkId: '1', type: 'string', required: true };
const answer = [{ valueString: 'x' }];
const given = { linkId: '1', answer };
const base: JsonObject = { resourceType: 'QuestionnaireResponse', status: 'in-progress', ...questionnaire(required) };
const whole: JsonObject = { ...base, status: 'completed', item: [given] };
const MISSING = 'error questionnaire-item-missing QuestionnaireResponse';
const UNKNOWN = 'error questionnaire-item-unknown QuestionnaireResponse';
const inGroup = questionnaire({ linkId: 'h', type: 'group', item: [required] });

/** Responses that fit the Questionnaire that they contain, or do not. */
export const answerRows: readonly Row[] = [
  [
    'an item that is not asked, and none that is required',
    base,
    { status: 'completed', item: [{ linkId: '2', answer }] },
    `${UNKNOWN}.item[0].linkId`,
    MISSING,
  ],
  ['a required item without an answer', whole, { item: [{ linkId: '1' }] }, MISSING],
  ['no item at all', whole, { status: 'amended', item: undefined }, MISSING],
  ['an item out of its group', base, { item: [{ linkId: 'g.1', answer }] }, `${UNKNOWN}.item[0].linkId`],
  [
    'an item in an answer that has none below',
    base,
    { item: [{ linkId: '1', answer: [{ valueString: 'x', item: [given] }] }] },
    `${UNKNOWN}.item[0].answer[0].item[0].linkId`,
  ],
  [
    'a group without its required item',
    whole,
    { ...inGroup, item: [{ linkId: 'h', text: 'a' }] },
    `${MISSING}.item[0]`,
  ],
  ['a group that is not there', whole, { ...inGroup, item: undefined }],
  ['a required item in progress', base, { item: [{ linkId: '1' }] }],
  ['an item in its group', base, { item: [{ linkId: 'g', item: [{ linkId: 'g.1', answer }] }] }],
  [
    'a required item that depends on another',
    whole,
    {
      ...questionnaire({ ...required, enableWhen: [{ question: 'g.1', operator: 'exists', answerBoolean: true }] }),
      item: undefined,
    },
  ],
  [
    'a Questionnaire that stands elsewhere',
    whole,
    { questionnaire: 'http://x.example/q', contained: undefined, item: [{ linkId: '2' }] },
  ],
];
