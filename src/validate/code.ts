import { codeSystemNamed, NOT_LOADED } from '../fhir/terminology/codeSystemNamed.js';
import { type JsonObject, own } from '../lens/json.js';
import { noteNotLoaded } from './notLoaded.js';
import { hasFaultIn, report, type Walk } from './walk.js';

/** The types that have a system and a code of it. */
export const CODED_TYPES = [
  'Coding',
  'Quantity',
  'SimpleQuantity',
  'MoneyQuantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
];

const CODED: ReadonlySet<string> = new Set(['system', 'version', 'code', 'display']);

/**
 * "If present, the code SHALL be a syntactically correct symbol as defined by the system", and the display one of those that the
 * system has for the code (https://hl7.org/fhir/R4/datatypes.html#Coding), for systems whose codes are known.
 */
export function checkCode(value: JsonObject, walk: Walk, since: number): void {
  const { system, code } = value;
  if (typeof system !== 'string' || typeof code !== 'string') return;
  const known = codeSystemNamed(system);
  if (hasFaultIn(CODED, since, walk)) return;
  if (known === undefined) {
    if (walk.profiles?.hasCode(system, code) === false) report(walk, 'code-unknown', undefined, 'code');
    return;
  }
  if (known === NOT_LOADED) {
    noteNotLoaded(walk);
    return;
  }
  if (!known.has(code)) {
    if (walk.profiles?.hasCode(system, code) === true) return;
    const version = own(value, 'version');
    // Another version may have other codes; which, nobody here can say.
    if (version === undefined || known.version === undefined || version === known.version) {
      report(walk, 'code-unknown', undefined, 'code');
    }
    return;
  }
  const display = own(value, 'display');
  if (typeof display === 'string' && !known.fits(code, display)) report(walk, 'display-wrong', undefined, 'display');
}
