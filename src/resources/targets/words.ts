import { isCode } from '../../fhir/datatypes/code.js';
import { saysMore } from '../../fhir/datatypes/codeFindings.js';
import { codingsOf } from '../../fhir/datatypes/concept.js';
import { denies } from '../../fhir/datatypes/denials.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { CLINIK_ID } from '../../fhir/references/identity.js';
import type { FhirScope } from '../../fhir/scope.js';
import { recognise } from '../../fhir/terminology/bareCode.js';
import { isFieldsOwn, isOfAbsence, isSystem } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { firstOf } from '../../lens/rule.js';
import { type Finding, report } from '../../lens/scope.js';
import { READ } from './target.js';

/** `Condition/id` of a payload, which is a reference and no description. */
export const TYPED_ID = new RegExp(`^(Condition|Procedure)/(${CLINIK_ID})$`);

/** The systems that a bare code of a payload may be recognised as. */
export const CANDIDATES = ['icd-10', 'snomed'] as const;

/**
 * Whether the code of a Condition can stand for it: before its words, where a field takes codes and words; after them, where it has
 * another field for codes; or never, where it would lose its system.
 */
export type Codes = 'first' | 'last' | 'never';

/**
 * The words of a target: those that the reference to it gives, else its own; its own, with a warning, where they deny or doubt what
 * would be read.
 */
export function wordsOf(
  display: string | undefined,
  target: JsonObject,
  codes: Codes,
  scope: FhirScope,
): string | undefined {
  const isCondition = target.resourceType === 'Condition';
  // Of what is only named nothing else is read.
  const concept = READ.has(String(target.resourceType)) && isObject(target.code) ? target.code : {};
  const codings = codingsOf(concept).filter(({ system }) => !isOfAbsence(system));
  const plain = (given: unknown): string | undefined => {
    const words = nonEmpty(given);
    return words === undefined || isForeignCode(words, codings, isCondition, scope) ? undefined : words;
  };
  const own = (): string | undefined => plain(concept.text) ?? firstOf(codings, (coding) => plain(coding.display));
  const coding = isCondition && codes !== 'never' ? codings.find((one) => isRecognised(one, scope)) : undefined;
  const code = codes === 'first' && coding !== undefined && !narrows(concept.text, coding) ? coding.code : undefined;
  const called = plain(display);
  // A text is what a human wrote: it is not denied by the display of a code.
  const shown = nonEmpty(concept.text) === undefined ? own() : undefined;
  const claim = called ?? (code === undefined ? shown : (nonEmpty(coding?.display) ?? ''));
  const denial = claim === undefined || isTypedId(claim) ? undefined : denialOf(claim, target);
  if (denial !== undefined) {
    report(scope, DENIED);
    return denial;
  }
  if (called !== undefined && isNarrowed(called, concept)) report(scope, NARROWED);
  return called ?? codeOf(code) ?? own() ?? codeOf(coding?.code) ?? (isCondition ? bare(codings, codes) : undefined);
}

const isTypedId = (words: string): boolean => TYPED_ID.test(words);

/** What a target says in words of its own that denies or doubts what it is called. */
export function denialOf(claim: string, { code }: JsonObject): string | undefined {
  if (!isObject(code)) return undefined;
  const said = [code.text, ...codingsOf(code).map(({ display }) => display)].map(nonEmpty);
  return said.find((words) => words !== undefined && words !== claim && denies(words, claim));
}

/** True where the text of a target is what it is called, and more. */
function isNarrowed(called: string, { text }: JsonObject): boolean {
  const said = nonEmpty(text);
  return said !== undefined && !saysMore(called, said) && saysMore(said, called);
}

const DENIED: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'diagnosis-denied-by-words',
  diagnostics: 'What this refers to denies or doubts what it is called here; its own words were read.',
};

const NARROWED: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'diagnosis-words-differ',
  diagnostics: 'What this refers to says more in its own words than it is called here; they were not read.',
};

const codeOf = (code: unknown): string | undefined => (isCode(code) ? code : undefined);

/** True for a coding whose bare code would be taken for one of its own system. */
function isRecognised({ system, code }: JsonObject, scope: FhirScope): boolean {
  const recognised = isCode(code) ? recognise(code, CANDIDATES, scope.options) : undefined;
  return recognised !== undefined && isSystem(system, recognised);
}

/** A code of which nobody tells a system is the field's own. */
function bare(codings: readonly JsonObject[], codes: Codes): string | undefined {
  return codes !== 'never' && codings.every(({ system }) => isFieldsOwn(system)) ? codeOf(codings[0]?.code) : undefined;
}

/** True for words that are a code of another system than the one that they would be taken for, or than any that the field takes. */
function isForeignCode(words: string, codings: readonly JsonObject[], isCondition: boolean, scope: FhirScope): boolean {
  const recognised = recognise(words, CANDIDATES, scope.options);
  const same = codings.filter(({ code }) => code === words);
  if (recognised === undefined) return same.length > 0 && !same.some(({ system }) => isFieldsOwn(system));
  if (!isCondition) return true;
  return !same.some((coding) => isRecognised(coding, scope)) && !codings.every(({ system }) => isFieldsOwn(system));
}

/** True where a text says something that the display of a code does not: it may narrow what the code says, or deny it. */
function narrows(text: unknown, { code, display }: JsonObject): boolean {
  const said = nonEmpty(text);
  if (said === undefined || said === code) return false;
  const words = new Set(split(nonEmpty(display) ?? ''));
  return split(said).some((word) => !words.has(word));
}

/** Words, and the signs that deny or doubt what stands beside them. */
const WORD = /[\p{L}\p{N}]+|\([-+–−±]\)|[-+–−±]$|[?!<>≠¬]/gu;

const split = (text: string): string[] => text.trim().toLowerCase().match(WORD) ?? [];
