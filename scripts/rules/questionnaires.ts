import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, type Entry, on } from './entry.js';

/** A rule of an item of a type, with what the fine one and the broken one have besides. */
function item(type: string, fix: string, fine: JsonObject, broken: JsonObject): Entry {
  const asked = (more: JsonObject): JsonObject => ({ item: [{ linkId: '1', text: 'Do you smoke?', type, ...more }] });
  return on('Questionnaire', fix, asked(fine), asked(broken), 'item[0]');
}

const inner = { item: [{ linkId: '1.1', text: 'How much?', type: 'integer' }] };
const yes = { valueString: 'yes' };
const options = { answerOption: [yes, { valueString: 'no' }] };

/** An item that is asked when another one has some answer. */
const dependent = (...enableWhen: JsonObject[]): JsonObject[] => [
  { linkId: '1', text: 'Do you smoke?', type: 'boolean' },
  { linkId: '2', text: 'How much?', type: 'integer', enableWhen },
];
const smokes = { question: '1', operator: 'exists', answerBoolean: true };

/** The invariants of Questionnaire and QuestionnaireResponse. */
export const questionnaires: Entries = {
  'que-1': item('group', 'Give the group its items; take the items of a display out.', inner, {}),
  'que-2': on(
    'Questionnaire',
    'Give each item a linkId of its own.',
    { item: [{ linkId: '1', type: 'group', ...inner }] },
    {
      item: [
        { linkId: '1', type: 'string' },
        { linkId: '1', type: 'integer' },
      ],
    },
  ),
  'que-3': item(
    'display',
    'Take the code away, or make the item a question.',
    {},
    { code: [{ system: 'http://loinc.org', code: '72166-2' }] },
  ),
  'que-4': item('choice', 'Keep the options or the value set.', options, {
    ...options,
    answerValueSet: 'http://example.org/yes-no',
  }),
  'que-5': item('boolean', 'Make the type choice or open-choice, or take the options away.', {}, options),
  'que-6': item('display', 'Take required and repeats away: a display has no answer.', {}, { required: true }),
  'que-7': on(
    'Questionnaire',
    'Write answerBoolean: true where there has to be an answer, false where there must be none.',
    { item: dependent(smokes) },
    { item: dependent({ question: '1', operator: 'exists', answerString: 'true' }) },
    'item[1].enableWhen[0]',
  ),
  'que-8': item('display', 'Take initial away: groups and displays have no answer.', {}, { initial: [yes] }),
  'que-9': item('display', 'Take readOnly away: a display has no answer.', {}, { readOnly: true }),
  'que-10': item(
    'date',
    'Take maxLength away; only boolean, decimal, integer, string, text, url and open-choice items have one.',
    {},
    { maxLength: 10 },
  ),
  'que-11': item(
    'choice',
    'Mark the option with initialSelected, and take initial away.',
    { answerOption: [{ ...yes, initialSelected: true }, { valueString: 'no' }] },
    { ...options, initial: [yes] },
  ),
  'que-12': on(
    'Questionnaire',
    'Say in enableBehavior whether all conditions have to hold, or any.',
    { item: dependent(smokes) },
    { item: dependent(smokes, { question: '1', operator: '=', answerBoolean: true }) },
    'item[1]',
  ),
  'que-13': item(
    'string',
    'Keep one initial value, or let the item repeat.',
    { repeats: true, initial: [yes, { valueString: 'no' }] },
    { initial: [yes, { valueString: 'no' }] },
  ),
  'qrs-1': on(
    'QuestionnaireResponse',
    'Put the items below the answer that they belong to; items of a group stand below the item, which has no answer.',
    { item: [{ linkId: '1', answer: [{ valueBoolean: true, item: [{ linkId: '1.1' }] }] }] },
    { item: [{ linkId: '1', answer: [{ valueBoolean: true }], item: [{ linkId: '1.1' }] }] },
    'item[0]',
  ),
};
