import { isAbsent } from '../../fhir/dataAbsent.js';
import { saysEnteredInError } from '../../fhir/datatypes/code.js';
import { codingsOf } from '../../fhir/datatypes/concept.js';
import { denies } from '../../fhir/datatypes/denials.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { isFieldsOwn, isOfAbsence, isSystem } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { CERTAIN, type Certainty, doubtful, ENTERED_IN_ERROR, REFUTED, UNKNOWN } from './certaintyKinds.js';

/** What is said by whoever says that nobody tells how sure it is. */
const UNTOLD = doubtful('Unconfirmed');

/** The codes of condition-ver-status with R4's displays (https://hl7.org/fhir/R4/codesystem-condition-ver-status.html), and STU3's `unknown`. */
const VERIFICATION: ReadonlyMap<string, Certainty> = new Map([
  ['confirmed', CERTAIN],
  ['refuted', REFUTED],
  ['unconfirmed', UNTOLD],
  ['provisional', doubtful('Provisional')],
  ['differential', doubtful('Differential')],
  ['unknown', UNTOLD],
]);

/** The names that FHIR has given the system and its value sets, with a version or without. */
const VERIFICATION_SYSTEM =
  /(^|\/)condition-ver-status(\||$)|^urn:oid:2\.16\.840\.1\.113883\.4\.642\.[1-4]\.(166|1075)$/;

/** The values of SNOMED CT's finding contexts and a few of its qualifiers (http://snomed.info/sct). */
const SNOMED: ReadonlyMap<unknown, Certainty> = new Map<unknown, Certainty>([
  ['410515003', CERTAIN],
  ['410591008', CERTAIN],
  ['410605003', CERTAIN],
  ['410516002', REFUTED],
  ['410594000', REFUTED],
  ['2667000', REFUTED],
  ['415684004', doubtful('Suspected')],
  ['410590009', doubtful('Possible')],
  ['410592001', doubtful('Probable')],
  ['410593006', doubtful('Unlikely')],
  ['261665006', UNTOLD],
]);

/** What says in other words than R4's that a diagnosis is certain, and no more. */
const CONFIRMED: ReadonlySet<string> = new Set(
  (
    'confirmed present,known present,definitely present,definite,certain,proven,bestätigt,bestätigte diagnose,gesichert,gesicherte diagnose,' +
    'confirmé,confirmée,confirmado,confirmada,confermato,confermata,bevestigd,bekræftet,bekräftad,bekreftet'
  ).split(','),
);

/** Words that rule a diagnosis out, unless they are denied themselves. */
const RULED_OUT =
  /(?:^|[^a-zà-ÿ])(?:ruled[ -]?out|excluded|refuted|disproved|disproven|known absent|not present|ausgeschlossen|widerlegt|exclue?|écartée?|descartad[oa]|esclus[oa]|uitgesloten|udelukket|utesluten)(?![a-zà-ÿ])/;
const DENIED = /(^|[^a-zà-ÿ])(not|cannot|can't|never|nicht|pas|non|niet|ikke|inte)(?![a-zà-ÿ])/;

/** What a verification status says: by its codings, and by words that deny or doubt, or are all that there is. */
export function verification(status: unknown, sibling: unknown): Certainty[] {
  if (status === undefined) return isAbsent(sibling) ? [UNTOLD] : [];
  // STU3 has a code, where R4 has a CodeableConcept.
  if (typeof status === 'string') return [inPhrase(status) ?? inWords(status)];
  if (!isObject(status)) return [UNKNOWN];
  const text = nonEmpty(status.text);
  const all = codingsOf(status);
  const codings = all.filter(({ system }) => !isOfAbsence(system));
  const byCode = codings.map(understand).filter((one) => one !== undefined);
  const isDoubted = byCode.some(({ kind }) => kind === 'doubtful');
  const byWords = [text, ...codings.map(({ display }) => display)]
    .map((words) => (typeof words === 'string' ? inPhrase(words) : undefined))
    .filter((one) => one !== undefined)
    .filter(({ kind }) => !(isDoubted && kind === 'doubtful'));
  const understood = [...byCode, ...byWords];
  if (understood.length > 0) return understood;
  if (codings.length > 0 || text !== undefined) return [inWords(text, ...codings.map(({ display }) => display))];
  return all.length > 0 || isAbsent(status) ? [UNTOLD] : [];
}

/** What nobody understands has its own words in front, the first that are some. */
export function inWords(...all: readonly unknown[]): Certainty {
  const word = all.find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof word === 'string' ? doubtful(word.trim()) : UNKNOWN;
}

/** What a coding says by its code; that of a system that nobody knows only what denies or doubts. */
function understand({ system, code }: JsonObject): Certainty | undefined {
  if (typeof system === 'string' && SICHERHEIT_NAME.test(system)) return letter(code);
  if (isSystem(system, 'http://snomed.info/sct')) return SNOMED.get(code);
  const byCode = typeof code === 'string' ? spelled(code) : undefined;
  const isOwn = isFieldsOwn(system) || (typeof system === 'string' && VERIFICATION_SYSTEM.test(system));
  return isOwn || byCode !== CERTAIN ? byCode : undefined;
}

/** Codes of FHIR's and of v3's that say why there is no value, where nobody says of which system they are. */
const ABSENCE: ReadonlySet<string> = new Set(
  'asked-unknown,temp-unknown,not-asked,asked-declined,masked,unsupported,ni,unk,nask,asku,nav,msk'.split(','),
);

function spelled(word: string): Certainty | undefined {
  if (saysEnteredInError(word)) return ENTERED_IN_ERROR;
  const code = word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return VERIFICATION.get(code) ?? (ABSENCE.has(code) ? UNTOLD : undefined);
}

/** What words say that are R4's, or that plainly confirm, deny or doubt; of others nobody knows. */
function inPhrase(words: string): Certainty | undefined {
  const plain = words.trim().toLowerCase().replace(/\s+/g, ' ');
  const known = spelled(plain);
  if (known !== undefined) return known;
  if (CONFIRMED.has(plain)) return CERTAIN;
  const ruledOut = RULED_OUT.exec(plain);
  if (ruledOut !== null && !DENIED.test(plain.replace(ruledOut[0], ' '))) return REFUTED;
  return denies(words, undefined) ? doubtful(words.trim()) : undefined;
}

/** KBV's letters for how sure a diagnosis of ICD-10-GM is: excluded, suspected, status post, confirmed. */
const SICHERHEIT: ReadonlyMap<string, Certainty> = new Map([
  ['A', REFUTED],
  ['V', doubtful('Suspected')],
  ['Z', doubtful('Status post')],
  ['G', CERTAIN],
]);

/** The extension of the German base profiles, KBV's own, and the code systems of their values, in each of their versions. */
export const SICHERHEIT_NAME = /diagnosesicherheit/i;

export const letter = (code: unknown): Certainty | undefined =>
  typeof code === 'string' ? SICHERHEIT.get(code.trim().toUpperCase()) : undefined;
