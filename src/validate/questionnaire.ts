import { isObject, type JsonObject, own } from '../lens/json.js';
import { isFragment } from './fragment.js';
import { focusOn, report, type Walk } from './walk.js';

/** The states of a response that is to be whole (https://hl7.org/fhir/R4/valueset-questionnaire-answers-status.html). */
const WHOLE: ReadonlySet<unknown> = new Set(['completed', 'amended']);

/**
 * Checks the QuestionnaireResponse in focus against the Questionnaire that it contains: its items are those of the Questionnaire, at
 * their places, and what is required is answered, but where it depends on other answers
 * (https://hl7.org/fhir/R4/questionnaireresponse.html). One that stands elsewhere is not at hand.
 */
export function checkAnswers(response: JsonObject, walk: Walk): void {
  const address = own(response, 'questionnaire');
  if (typeof address !== 'string' || !isFragment(address)) return;
  const questionnaire = walk.fragments?.find(address.slice(1))?.resource;
  if (questionnaire?.resourceType !== 'Questionnaire') return;
  checkItems(own(response, 'item'), own(questionnaire, 'item'), WHOLE.has(own(response, 'status')), walk);
}

const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function checkItems(answered: unknown, asked: unknown, isWhole: boolean, walk: Walk): void {
  const { depth } = walk;
  const questions = new Map(objectsIn(asked).map((item) => [own(item, 'linkId'), item]));
  const present = new Set<unknown>();
  const items: readonly unknown[] = Array.isArray(answered) ? answered : [];
  items.forEach((item, index) => {
    if (!isObject(item)) return;
    const linkId = own(item, 'linkId');
    const question = questions.get(linkId);
    focusOn(walk, 'item', index);
    if (question !== undefined) {
      if (says(item)) present.add(linkId);
      checkBelow(item, own(question, 'item'), isWhole, walk);
    } else if (typeof linkId === 'string') report(walk, 'questionnaire-item-unknown', undefined, 'linkId');
    walk.depth = depth;
  });
  if (!isWhole) return;
  for (const [linkId, question] of questions) {
    if (isRequired(question) && !present.has(linkId)) report(walk, 'questionnaire-item-missing');
  }
}

/** What stands below an item is in its groups or in its answers. */
function checkBelow(item: JsonObject, asked: unknown, isWhole: boolean, walk: Walk): void {
  const { depth } = walk;
  const answers = own(item, 'answer');
  if (!Array.isArray(answers)) {
    checkItems(own(item, 'item'), asked, isWhole, walk);
    return;
  }
  answers.forEach((answer: unknown, index) => {
    if (!isObject(answer)) return;
    focusOn(walk, 'answer', index);
    checkItems(own(answer, 'item'), asked, isWhole, walk);
    walk.depth = depth;
  });
}

const says = (item: JsonObject): boolean =>
  objectsIn(own(item, 'answer')).length > 0 || objectsIn(own(item, 'item')).length > 0;

const isRequired = (question: JsonObject): boolean =>
  own(question, 'required') === true &&
  own(question, 'type') !== 'display' &&
  own(question, 'enableWhen') === undefined;
