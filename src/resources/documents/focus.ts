import { readLiteral } from '../../fhir/references/literal.js';
import { isSameTarget } from '../../fhir/references/sameTarget.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { type Finding, report } from '../../lens/scope.js';

/**
 * A section whose `focus` (https://hl7.org/fhir/R4/composition-definitions.html#Composition.section.focus) is not the document's subject
 * refuses the document: what it says of a fetus or a donor would stand in the patient's record as the patient's. The sections inside
 * are about the same.
 */
export function aboutSubject<P, R>(section: Codec<P, R, FhirScope>): Codec<P, R, FhirScope> {
  return {
    ...section,
    read(value, scope) {
      if (isObject(value) && value.focus !== undefined && !isSubject(value.focus, scope.resource, scope))
        report(scope, otherFocus(value.focus, scope), 'focus');
      return section.read(value, scope);
    },
  };
}

const OTHER_FOCUS = {
  severity: 'error',
  code: 'not-supported',
  id: 'section-focus',
  diagnostics:
    'The section is about somebody or something else than the document, or cannot be told to be about the same.',
} as const;

const isSubject = (focus: unknown, { subject }: JsonObject, scope: FhirScope): boolean =>
  isSameTarget(focus, subject, 'Patient', scope);

/** One of the two may be of a server that nobody named as home. */
function otherFocus(focus: unknown, scope: FhirScope): Finding {
  const { subject } = scope.resource;
  const bases = scope.options.baseUrl === undefined ? [focus, subject].flatMap(baseOf) : [];
  const isHome = (baseUrl: string): boolean =>
    isSubject(focus, scope.resource, { ...scope, options: { ...scope.options, baseUrl } });
  return bases.some(isHome) ? { ...OTHER_FOCUS, options: ['baseUrl'] } : OTHER_FOCUS;
}

function baseOf(reference: unknown): string[] {
  const text = isObject(reference) && typeof reference.reference === 'string' ? reference.reference : '';
  const base = readLiteral(text)?.base;
  return base === undefined ? [] : [base];
}

/** After a put that gave a document to another patient: that a section was about the one before, as the document was, goes. */
export function followSubject(after: JsonObject, _before: JsonObject, scope: FhirScope): void {
  if (!dropOtherFocus(after, after, scope)) return;
  const diagnostics = 'A focus on the patient before was dropped: the document was given to another one.';
  report(scope, { severity: 'information', code: 'informational', id: 'put-focus-dropped', diagnostics }, 'section');
}

function dropOtherFocus(element: JsonObject, document: JsonObject, scope: FhirScope): boolean {
  const sections = objectsIn(element.section);
  let isDropped = false;
  for (const section of sections) {
    if (section.focus !== undefined && !isSubject(section.focus, document, scope)) {
      delete section.focus;
      isDropped = true;
    }
    isDropped = dropOtherFocus(section, document, scope) || isDropped;
  }
  return isDropped;
}
