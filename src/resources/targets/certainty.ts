import { codingsOf } from '../../fhir/datatypes/concept.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { isFieldsOwn } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';

/**
 * How sure a record is of what it says: all of it as it stands, not at all, or with a word of doubt in front. `unknown` is what
 * nobody understands, and gives no words for.
 */
export type Certainty =
  | { readonly kind: 'certain' }
  | { readonly kind: 'denied'; readonly as: 'refuted' | 'entered-in-error' | 'not-done' }
  | { readonly kind: 'doubtful'; readonly word: string }
  | { readonly kind: 'unknown' };

const CERTAIN: Certainty = { kind: 'certain' };
const UNKNOWN: Certainty = { kind: 'unknown' };
const doubtful = (word: string): Certainty => ({ kind: 'doubtful', word });
const ENTERED_IN_ERROR: Certainty = { kind: 'denied', as: 'entered-in-error' };
const REFUTED: Certainty = { kind: 'denied', as: 'refuted' };
const NOT_DONE: Certainty = { kind: 'denied', as: 'not-done' };

/** The codes of condition-ver-status with R4's displays (https://hl7.org/fhir/R4/codesystem-condition-ver-status.html), and STU3's `unknown`. */
const VERIFICATION: ReadonlyMap<string, Certainty> = new Map([
  ['confirmed', CERTAIN],
  ['refuted', REFUTED],
  ['entered-in-error', ENTERED_IN_ERROR],
  ['unconfirmed', doubtful('Unconfirmed')],
  ['provisional', doubtful('Provisional')],
  ['differential', doubtful('Differential')],
  ['unknown', doubtful('Unconfirmed')],
]);

/** The names that FHIR has given the system and its value sets, with a version or without. */
const VERIFICATION_SYSTEM =
  /(^|\/)condition-ver-status(\||$)|^urn:oid:2\.16\.840\.1\.113883\.4\.642\.[1-4]\.(166|1075)$/;

/** KBV's letters for how sure a diagnosis of ICD-10-GM is: excluded, suspected, status post, confirmed. */
const SICHERHEIT: ReadonlyMap<string, Certainty> = new Map([
  ['A', REFUTED],
  ['V', doubtful('Suspected')],
  ['Z', doubtful('Status post')],
  ['G', CERTAIN],
]);

/** The extension of the German base profiles, KBV's own, and the code systems of their values, in each of their versions. */
const SICHERHEIT_NAME = /diagnosesicherheit/i;

/** How sure a Condition is: what denies goes before what doubts, and that before what nobody understands. */
function certaintyOfCondition(condition: JsonObject): Certainty {
  return together([
    ...verification(condition.verificationStatus),
    ...sicherheit({ extension: condition.extension }),
    ...(isObject(condition.code) ? sicherheit(condition.code) : []),
  ]);
}

/** How sure a concept by itself is of what it says. */
export function certaintyOfConcept(concept: unknown): Certainty {
  return isObject(concept) ? together(sicherheit(concept)) : CERTAIN;
}

/** True for a concept of which nothing is to be read. */
export function isDenied(concept: unknown): boolean {
  const { kind } = certaintyOfConcept(concept);
  return kind === 'denied' || kind === 'unknown';
}

function together(all: readonly Certainty[]): Certainty {
  const denied = all.find(({ kind }) => kind === 'denied');
  if (denied !== undefined) return denied;
  const words = new Set(all.flatMap((one) => (one.kind === 'doubtful' ? [one.word] : [])));
  if (words.size > 0) return doubtful([...words].join(', '));
  return all.find(({ kind }) => kind === 'unknown') ?? CERTAIN;
}

function verification(status: unknown): Certainty[] {
  if (status === undefined) return [];
  // STU3 has a code, where R4 has a CodeableConcept.
  if (typeof status === 'string') return [spelled(status) ?? inWords(status)];
  if (!isObject(status)) return [UNKNOWN];
  const text = nonEmpty(status.text);
  const codings = codingsOf(status);
  const ofText = text === undefined ? undefined : spelled(text);
  const understood = [...codings.map(understand), ofText].filter((one) => one !== undefined);
  if (understood.length > 0) return understood;
  return codings.length === 0 && text === undefined ? [] : [inWords(text, ...codings.map(({ display }) => display))];
}

/** What nobody understands has its own words in front, the first that are some. */
function inWords(...all: readonly unknown[]): Certainty {
  const word = all.find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof word === 'string' ? doubtful(word.trim()) : UNKNOWN;
}

/** What a coding says by its code; that of another system only what denies or doubts, else by a display in R4's words. */
function understand({ system, code, display }: JsonObject): Certainty | undefined {
  if (typeof system === 'string' && SICHERHEIT_NAME.test(system)) return letter(code);
  const byCode = typeof code === 'string' ? spelled(code) : undefined;
  const isOwn = isFieldsOwn(system) || (typeof system === 'string' && VERIFICATION_SYSTEM.test(system));
  if (byCode !== undefined && (isOwn || byCode !== CERTAIN)) return byCode;
  return typeof display === 'string' ? spelled(display) : undefined;
}

const spelled = (word: string): Certainty | undefined =>
  VERIFICATION.get(
    word
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-'),
  );

const letter = (code: unknown): Certainty | undefined =>
  typeof code === 'string' ? SICHERHEIT.get(code.trim().toUpperCase()) : undefined;

/** What extensions say of a concept, on itself and on its codings. */
function sicherheit(concept: JsonObject): Certainty[] {
  return [concept, ...codingsOf(concept)].flatMap(certaintyExtensions).map((extension) => {
    const values = Object.entries(extension).flatMap(([key, value]) => (key.startsWith('value') ? [value] : []));
    const codes = values.flatMap((value) => (isObject(value) ? [value, ...codingsOf(value)] : [{ code: value }]));
    const known = codes.map(({ code: one }) => letter(one)).find((one) => one !== undefined);
    return known ?? inWords(...codes.map(({ display }) => display));
  });
}

/** The extensions of an element that say how sure a diagnosis is. */
export function certaintyExtensions({ extension }: JsonObject): JsonObject[] {
  if (!Array.isArray(extension)) return [];
  return extension.filter(isObject).filter(({ url }) => typeof url === 'string' && SICHERHEIT_NAME.test(url));
}

/**
 * What the statuses of events and observations say of whether something was, R4's and those that STU3 had
 * (https://hl7.org/fhir/R4/valueset-event-status.html, https://hl7.org/fhir/R4/valueset-observation-status.html).
 */
const STATUS: ReadonlyMap<unknown, Certainty> = new Map<unknown, Certainty>([
  ...['completed', 'in-progress', 'final', 'amended', 'corrected', 'appended'].map(
    (status) => [status, CERTAIN] as const,
  ),
  ['not-done', NOT_DONE],
  ['cancelled', NOT_DONE],
  ['entered-in-error', ENTERED_IN_ERROR],
  ['preparation', doubtful('Preparation')],
  ['on-hold', doubtful('On Hold')],
  ['suspended', doubtful('On Hold')],
  ['stopped', doubtful('Stopped')],
  ['aborted', doubtful('Stopped')],
  ['registered', doubtful('Registered')],
  ['preliminary', doubtful('Preliminary')],
  ['unknown', doubtful('Unknown')],
]);

/** The types that must have a status. */
const WITH_STATUS: ReadonlySet<unknown> = new Set(['Procedure', 'Observation', 'Media']);

/** How sure a target is of what it says: of a condition, that it was done, or that it was looked at. */
export function certaintyOf(target: JsonObject): Certainty {
  const { resourceType, status, notDone, verificationStatus } = target;
  if (resourceType === 'Condition' || verificationStatus !== undefined) return certaintyOfCondition(target);
  // STU3 has it beside a status.
  if (notDone === true) return NOT_DONE;
  const known = STATUS.get(status);
  if (WITH_STATUS.has(resourceType)) return known ?? doubtful('Unknown');
  return known?.kind === 'denied' ? known : CERTAIN;
}
