import { checkHoldable, nonEmpty } from '../../fhir/datatypes/text.js';
import { checkModifiers, checkSecurity } from '../../fhir/safety.js';
import type { FhirScope } from '../../fhir/scope.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { type Finding, noteUnread, report } from '../../lens/scope.js';
import { certaintyOf } from './certainty.js';
import { outcomeOf } from './outcome.js';
import { isOfSameSubject } from './subject.js';
import { type Found, find, READ } from './target.js';
import { type Codes, TYPED_ID, wordsOf } from './words.js';

/** What a Reference to a condition, or to something that was done or seen, may be read as. */
export interface Judged {
  readonly found?: Found;
  /** What stands in front of the words, where the target is not sure of what it says. */
  readonly doubt?: string;
}

/**
 * Looks at what a reference leads to, before anything of it is read: undefined, with a warning, where that is denied, would be read
 * without what protects it or changes its meaning, or is about somebody else.
 */
export function judge(reference: JsonObject, scope: FhirScope): Judged | undefined {
  const found = find(reference, scope);
  if (found === undefined) return {};
  const { resource } = found;
  const certainty = certaintyOf(resource);
  if (certainty.kind === 'denied') return refuse(certainty.as, scope);
  if (certainty.kind === 'unknown') return refuse('unknown', scope);
  if (isTurned(resource, scope)) return refuse('modified', scope);
  if (isRestricted(resource, scope)) return refuse('restricted', scope);
  if (!isOfSameSubject(found, scope)) return refuse('ofOther', scope);
  const outcome = outcomeOf(resource);
  if (outcome === 'negative') return refuse('negative', scope);
  if (outcome === 'absent') return refuse('unobserved', scope);
  if (outcome === 'valued') report(scope, VALUED);
  return certainty.kind === 'doubtful' ? { found, doubt: certainty.word } : { found };
}

const VALUED: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'diagnosis-value-not-read',
  diagnostics: 'What this refers to is an Observation with a value, or with values inside, which were not read.',
};

/** The words of a Reference that was judged: its display, else those of its target. */
export function describe(
  { found, doubt }: Judged,
  reference: JsonObject,
  codes: Codes,
  scope: FhirScope,
): string | undefined {
  const display = nonEmpty(reference.display);
  if (found === undefined) {
    if (display === undefined) noteUnread(scope, 'unresolved');
    return display !== undefined && checkHoldable(display, scope) ? display : undefined;
  }
  const words =
    doubt === undefined
      ? wordsOf(display, found.resource, codes, scope)
      : wordsOf(display === undefined || TYPED_ID.test(display) ? undefined : display, found.resource, 'last', scope);
  if (words === undefined) return hasCode(found.resource) ? refuse('wordless', scope) : undefined;
  if (!checkHoldable(words, scope)) return undefined;
  return doubt === undefined ? words : inDoubt(doubt, words, scope);
}

/** True for a target whose code might have given words; of what is only named it gives none. */
const hasCode = ({ resourceType, code }: JsonObject): boolean => READ.has(String(resourceType)) && isObject(code);

/** Words with what makes them doubtful in front, and a warning. */
export function inDoubt(doubt: string, words: string, scope: FhirScope): string | undefined {
  const said = `${doubt}: ${words}`;
  if (!checkHoldable(said, scope)) return undefined;
  report(scope, { severity: 'warning', code: 'incomplete', id: 'diagnosis-in-doubt', diagnostics: IN_DOUBT });
  return said;
}

const IN_DOUBT = 'This, or what it refers to, is not certain; the word that says so was put in front.';

/** Why a target is not read. */
const REFUSALS = {
  refuted: { id: 'diagnosis-refuted', diagnostics: 'This is refuted, or refers to what is, and was not read.' },
  'entered-in-error': {
    id: 'diagnosis-entered-in-error',
    diagnostics: 'This was entered in error, or refers to what was, and was not read.',
  },
  'not-done': { id: 'diagnosis-not-done', diagnostics: 'What this refers to was not done, and was not read.' },
  negative: {
    id: 'diagnosis-negative',
    diagnostics: 'What this refers to is an Observation which says that it is not so, and was not read.',
  },
  unobserved: {
    id: 'diagnosis-unobserved',
    diagnostics: 'What this refers to is an Observation that says why it has no value, and was not read.',
  },
  unknown: {
    id: 'diagnosis-status-unknown',
    diagnostics: 'Nobody can tell whether this, or what it refers to, is certain, and it was not read.',
  },
  modified: {
    id: 'diagnosis-modified',
    diagnostics: 'Something that ClinikAPI does not know could turn round what this refers to, and it was not read.',
  },
  restricted: {
    id: 'diagnosis-restricted',
    diagnostics: 'What this refers to has a label that ClinikAPI would not be told of, and was not read.',
  },
  ofOther: {
    id: 'diagnosis-of-other-subject',
    diagnostics: 'What this refers to is about somebody else, or nobody tells about whom, and was not read.',
  },
  wordless: {
    id: 'diagnosis-without-words',
    diagnostics: 'What this refers to has no words, and no code that this field would take for one of its system.',
  },
} as const;

/** Says why nothing is read. */
export function refuse(why: keyof typeof REFUSALS, scope: FhirScope): undefined {
  noteUnread(scope, why === 'wordless' ? 'other-system' : 'denied');
  report(scope, { severity: 'warning', code: 'incomplete', ...REFUSALS[why] });
  return undefined;
}

function isTurned(resource: JsonObject, scope: FhirScope): boolean {
  const probe: FhirScope = { ...scope, at: [], issues: [], failed: false };
  checkModifiers(resource, probe);
  return probe.failed;
}

function isRestricted(resource: JsonObject, scope: FhirScope): boolean {
  const probe: FhirScope = { ...scope, at: [], issues: [], failed: false };
  checkSecurity(resource, undefined, probe);
  return probe.failed;
}
