import type { Finding } from '../../lens/scope.js';

/** A code stands alone, and its system would be lost with it. */
export const codeOfOtherSystem: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-of-other-system',
  diagnostics:
    'A code is of a system for which this field has no place: its words are read, the code only where nothing else fills the field.',
};

/** The same where the record is refused for it. */
export const onlyCodeOfOtherSystem: Finding = {
  severity: 'error',
  code: 'required',
  id: 'code-only-foreign',
  diagnostics: 'ClinikAPI requires this field, and the resource has only a code of a system for which it has no place.',
};

/** A code of another system of HL7's was read as the one that HL7's maps give for it. */
export const codeMapped: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-mapped',
  diagnostics: "The code is of another system; the one that HL7's maps give for it was read.",
};

/** What stands there says that there is no value. */
export const noValue: Finding = {
  severity: 'error',
  code: 'required',
  id: 'code-without-value',
  diagnostics: 'ClinikAPI requires this field, and its code in the resource says that there is no value.',
};

/** The words beside a code may narrow or deny it, and are left behind. */
export const textSaysMore: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-text-differs',
  diagnostics: 'The text beside a code says something that its display does not; the code was read, the text was not.',
};

/** A code without a display gets the words beside it. */
export const displayFromText: Finding = {
  severity: 'information',
  code: 'incomplete',
  id: 'code-display-from-text',
  diagnostics: 'The code has no display; the text beside it stands in for it.',
};

/** The same where the code is a finding, which the words may narrow or deny. */
export const uncheckedDisplay: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-display-unchecked',
  diagnostics: 'The code has no display; the text beside it stands in for it, and may narrow or deny the code.',
};

/** Words for which ClinikAPI has no place. */
export const wordsWithoutCode: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-missing',
  diagnostics: 'There are words without a code, and ClinikAPI takes codes only; they were not read.',
};

/** The words beside a code say that it is not so, or may not be. */
export const codeDenied: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'code-denied-by-text',
  diagnostics: 'The text beside a code denies or doubts it; the code was not read.',
};

/** Words, and the signs that reverse a meaning: `(-)` and a last `+`, `?`, `<`. */
const TOKEN = /[\p{L}\p{N}]+|\([-+–−±]\)|[-+–−±]$|[?<>≠]/gu;

const tokensOf = (text: string): string[] => text.trim().toLowerCase().match(TOKEN) ?? [];

/** What a text says that a display does not; capitals, punctuation, order and what was left out do not matter. */
function addedTo(display: string | undefined, text: string): string[] {
  if (display === undefined) return tokensOf(text);
  const known = new Set(tokensOf(display));
  return tokensOf(text).filter((token) => !known.has(token));
}

/** True for words that say something that a display does not. */
export function saysMore(text: string, display: string): boolean {
  return text !== display && addedTo(display, text).length > 0;
}

/** Words and signs that deny or doubt what stands beside them. There are more in every language; the rest is said to be lost. */
const DENIALS: ReadonlySet<string> = new Set(
  (
    '? (-) (–) (−) - – − ≠ no not none non never without negative neg excluded exclude excludes excluding ruled absent absence denied denies ' +
    'unlikely suspected suspicion possible probable questionable unconfirmed refuted ' +
    'kein keine keinen nicht ohne negativ ausgeschlossen ausschluss verdacht vd möglich fraglich ' +
    'pas sans absence négatif négative exclu exclue suspicion suspecté possible ' +
    'sin negativo negativa descartado descartada sospecha posible nessun nessuna escluso esclusa sospetto ' +
    'geen niet zonder negatief uitgesloten verdenking não sem excluído excluída inte ingen ikke utan'
  ).split(' '),
);

/** True for words that deny or doubt a code, beyond what its display says. */
export function denies(text: string, display: string | undefined): boolean {
  return addedTo(display, text).some((token) => DENIALS.has(token));
}
