import { codingsOf } from '../../fhir/datatypes/concept.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { isSystem, systemNamed } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';

/**
 * What an Observation found: that it is not so, nothing for a reason, or a value of which ClinikAPI has no place beside a display.
 * Undefined where it has no value.
 */
export type Outcome = 'negative' | 'absent' | 'valued' | undefined;

/** SNOMED CT's and LOINC's answers that something is not so. */
const NEGATIVE: ReadonlySet<unknown> = new Set([
  ...['260385009', '260415000', '2667000', '410516002', '410594000', '373067005'],
  ...['LA6577-6', 'LA11883-8', 'LA11884-6', 'LA32-8', 'LA9634-2'],
]);

/** v3's and v2's interpretations that say so (https://hl7.org/fhir/R4/valueset-observation-interpretation.html). */
const NEGATIVE_INTERPRETATION: ReadonlySet<unknown> = new Set(['NEG', 'ND']);

/** Words that say it and nothing else. */
const NEGATIVE_WORDS: ReadonlySet<string> = new Set(
  (
    'no,none,negative,neg,absent,false,not detected,not present,not seen,not found,not observed,none detected,none seen,undetected,' +
    'known absent,nein,negativ,nicht nachweisbar,nicht nachgewiesen,nicht vorhanden,kein nachweis,keine,' +
    'non,négatif,négative,non détecté,negativo,negativa,no detectado,ausente,non rilevato,negatief,niet aangetoond'
  ).split(','),
);

/** The parts of an Observation that say what it found; `value[x]` is of many types. */
export const isOutcome = (key: string): boolean =>
  /^value[A-Z]/.test(key) || key === 'interpretation' || key === 'dataAbsentReason' || key === 'component';

/** What an Observation found, by its value, else its interpretation; of other resources nothing. */
export function outcomeOf(resource: JsonObject): Outcome {
  if (resource.resourceType !== 'Observation') return undefined;
  const told = Object.entries(resource).filter(([key, value]) => isOutcome(key) && value !== undefined);
  if (told.some(([, value]) => isNegative(value))) return 'negative';
  if (told.some(([key]) => key !== 'dataAbsentReason')) return 'valued';
  return told.length > 0 ? 'absent' : undefined;
}

/** True for a value, or an interpretation in a list, that says that it is not so. */
function isNegative(value: unknown): boolean {
  if (value === false) return true;
  if (typeof value === 'string') return isNegativeWords(value);
  if (Array.isArray(value)) return value.some(isNegative);
  if (!isObject(value)) return false;
  const codings = codingsOf(value);
  const isCoded = codings.some(
    ({ system, code }) =>
      (NEGATIVE.has(code) && (isSystem(system, 'http://snomed.info/sct') || isSystem(system, 'http://loinc.org'))) ||
      (NEGATIVE_INTERPRETATION.has(code) && isInterpretation(system)),
  );
  return isCoded || [value.text, ...codings.map(({ display }) => display)].some(isNegativeWords);
}

const isNegativeWords = (words: unknown): boolean =>
  NEGATIVE_WORDS.has((nonEmpty(words) ?? '').trim().toLowerCase().replace(/\s+/g, ' '));

/** The names of the system in R4, STU3, v3 and v2. */
const isInterpretation = (system: unknown): boolean =>
  system === undefined ||
  (typeof system === 'string' &&
    /ObservationInterpretation|v2[-/]0078|2\.16\.840\.1\.113883\.5\.83$/.test(systemNamed(system)));
