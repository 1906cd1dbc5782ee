import { saysEnteredInError } from '../../fhir/datatypes/code.js';
import { codingsOf } from '../../fhir/datatypes/concept.js';
import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { CERTAIN, type Certainty, doubtful, ENTERED_IN_ERROR, NOT_DONE } from './certaintyKinds.js';
import { inWords, letter, SICHERHEIT_NAME, verification } from './verification.js';

/** How sure a Condition is: what denies goes before what doubts, and that before what nobody understands. */
function certaintyOfCondition(condition: JsonObject): Certainty {
  return together([
    ...verification(condition.verificationStatus, condition._verificationStatus),
    ...sicherheit({ extension: condition.extension }),
    ...(isObject(condition.code) ? sicherheit(condition.code) : []),
  ]);
}

/** How sure a concept by itself is of what it says. */
export function certaintyOfConcept(concept: unknown): Certainty {
  return isObject(concept) && hasExtensions(concept) ? together(sicherheit(concept)) : CERTAIN;
}

/** Nearly no concept has an extension, on itself or on a coding, and so says nothing of how sure it is. */
function hasExtensions({ extension, coding }: JsonObject): boolean {
  if (extension !== undefined) return true;
  if (!Array.isArray(coding)) return false;
  for (const one of coding) if (isObject(one) && one.extension !== undefined) return true;
  return false;
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
  return objectsIn(extension).filter(({ url }) => typeof url === 'string' && SICHERHEIT_NAME.test(url));
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
  const known = saysEnteredInError(status) ? ENTERED_IN_ERROR : STATUS.get(status);
  if (WITH_STATUS.has(resourceType)) return known ?? doubtful('Unknown');
  return known?.kind === 'denied' ? known : CERTAIN;
}
