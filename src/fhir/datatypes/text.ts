import type { Codec } from '../../lens/codec.js';
import { reportEmpty } from '../../lens/object.js';
import { noteUnread, report } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';

/** Control characters and surrogates, paired or not; most text has none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const SUSPECT = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/;

/** Those of them that FHIR cannot hold. */
const UNHOLDABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

/**
 * True for text that a FHIR string can hold: no character below U+0020 but tab, line feed and carriage return, and no lone
 * surrogate (https://hl7.org/fhir/R4/datatypes.html#string).
 */
export function isHoldable(text: string): boolean {
  return !SUSPECT.test(text) || !UNHOLDABLE.test(text);
}

/** The text with U+FFFD for each lone surrogate, which has no UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) =>
    found.length === 2 ? found : '\ufffd',
  );
}

/** The longest string that FHIR allows, in characters (https://hl7.org/fhir/R4/datatypes.html#string). */
const MAX_STRING = 1024 * 1024;

/** Reports text that FHIR cannot hold; true where it can. */
export function checkHoldable(text: string, scope: FhirScope): boolean {
  if (text.length > MAX_STRING) {
    report(scope, {
      severity: 'error',
      code: 'too-long',
      id: 'text-too-large',
      diagnostics: 'FHIR takes strings of at most 1 MB.',
    });
    return false;
  }
  if (isHoldable(text)) return true;
  report(scope, {
    severity: 'error',
    code: 'value',
    id: 'text-invalid-character',
    diagnostics: 'The text has a control character or a lone surrogate, which FHIR cannot hold.',
  });
  return false;
}

/** The number of code points, as JSON Schema counts a string's length. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** True for a text of so many code points at most. */
export function isWithin(text: string, max: number): boolean {
  return text.length <= max || codePoints(text) <= max;
}

/**
 * The text if ClinikAPI's limit (in code points) allows it. Longer prose is refused or, with `overflow: 'truncate'`, cut;
 * anything else that is longer is refused.
 */
export function withinLimit(
  text: string,
  max: number | undefined,
  prose: boolean,
  scope: FhirScope,
): string | undefined {
  if (max === undefined || isWithin(text, max)) return text;
  const cut = prose ? nonEmpty([...text].slice(0, max).join('')) : undefined;
  if (cut !== undefined && scope.options.overflow === 'truncate') {
    noteUnread(scope, 'over-limit');
    report(scope, {
      severity: 'warning',
      code: 'too-long',
      id: 'text-truncated',
      diagnostics: `The text was cut to ClinikAPI's ${max} characters.`,
    });
    return cut;
  }
  report(scope, {
    severity: 'error',
    code: 'too-long',
    id: 'text-over-limit',
    diagnostics: `ClinikAPI takes at most ${max} characters here.`,
    ...(cut === undefined ? {} : { options: ['overflow'] }),
  });
  return undefined;
}

/** Nothing to see: white space, and characters that only join, break or turn what stands beside them. */
const BLANK = /^[\s\p{Z}\p{Cc}\p{Cf}]*$/u;

/** True for text that nobody could read: it says no more than an empty one. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && BLANK.test(text);
}

/** A string that says something, or undefined. */
export function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && !isBlank(value) ? value : undefined;
}

/** Prose: a FHIR string or markdown, of at most `max` code points in ClinikAPI. */
export function text(max?: number): Codec<string, string, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: { type: 'string', ...(max === undefined ? {} : { maxLength: max }) },
    sibling: '_',
    read(value, scope) {
      const found = nonEmpty(value);
      if (found === undefined || !checkHoldable(found, scope)) return undefined;
      return withinLimit(found, max, true, scope);
    },
    write: (value) => value,
    admit: admitText,
  };
}

/** The normal form of a payload's text: `""` says nothing, and neither does white space. */
export function admitText(value: string, scope: FhirScope): string | undefined {
  if (!checkHoldable(value, scope)) return undefined;
  if (!isBlank(value)) return value;
  reportEmpty(scope);
  return undefined;
}
