import type { Codec } from '../../lens/codec.js';
import { reportEmpty } from '../../lens/object.js';
import { type Finding, report } from '../../lens/scope.js';
import { isR4Uri } from '../references/uri.js';
import type { FhirScope } from '../scope.js';
import { checkHoldable, isHoldable, nonEmpty } from './text.js';

/** FHIR's grammar of a code: no white space outside, single spaces inside (https://hl7.org/fhir/R4/datatypes.html#code). */
const CODE = /^\S+([^\S\t\r\n]\S+)*$/;

/** FHIR's grammar of a uri: no white space (https://hl7.org/fhir/R4/datatypes.html#uri). */
const URI = /^\S+$/;

/** True for a string that is a FHIR `code`. */
export function isCode(value: unknown): value is string {
  return typeof value === 'string' && (isPlainWord(value) || (CODE.test(value) && isHoldable(value)));
}

/** True for what has visible characters of ASCII only, as nearly every code has. */
function isPlainWord(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x21 || unit > 0x7e) return false;
  }
  return text !== '';
}

/** True for a string that can be read as a FHIR `uri`, also with a URN that is not written as R4 wants it. */
export function isUri(value: unknown): value is string {
  return typeof value === 'string' && (isPlainWord(value) || (URI.test(value) && isHoldable(value)));
}

/**
 * One of a closed set of codes. A code of FHIR's that ClinikAPI does not know cannot be read; `equivalents` gives those that
 * may be read as another one.
 */
export function code<C extends string>(
  values: readonly C[],
  equivalents: { readonly [code: string]: C } = {},
): Codec<C, C, FhirScope> {
  const known = new Map<string, C>(values.map((value) => [value, value]));
  for (const [foreign, equivalent] of Object.entries(equivalents)) known.set(foreign, equivalent);
  const mapped = Object.entries(equivalents).map(([foreign, equivalent]) => `${foreign} is read as ${equivalent}`);
  return {
    fidelity: mapped.length > 0 ? 'lossy' : 'partial',
    rule: ['the same code', ...mapped].join('; '),
    schema: { type: 'string', enum: values },
    sibling: '_',
    read: (value) => (typeof value === 'string' ? known.get(value) : undefined),
    write: (value) => value,
    admit: (value) => value,
  };
}

/** True for R4's `entered-in-error` in any spelling: of another case, with spaces or other marks between its words, or with none. */
export function saysEnteredInError(words: unknown): boolean {
  return typeof words === 'string' && words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') === 'enteredinerror';
}

/** What a record is refused for that should not have been there. */
export const enteredInError = {
  severity: 'error',
  code: 'not-supported',
  id: 'status-entered-in-error',
  diagnostics: 'The record was entered in error; an earlier upload of it should be deleted.',
} as const satisfies Finding;

const statusUnsupported = (values: readonly string[]): Finding => ({
  severity: 'error',
  code: 'not-supported',
  id: 'status-unsupported',
  diagnostics: `ClinikAPI has no status that means the same. It takes ${values.join(', ')}.`,
});

/**
 * A record's status. A status of FHIR's that ClinikAPI has no equivalent for refuses the record by name, so that it is told
 * from a status that is missing.
 */
export function status<C extends string>(values: readonly C[]): Codec<C, C, FhirScope> {
  const codec = code(values);
  const unsupported = statusUnsupported(values);
  return {
    ...codec,
    rule: 'the same code; a record with another one is refused',
    read(value, scope) {
      const read = codec.read(value, scope);
      if (read !== undefined) return read;
      report(scope, saysEnteredInError(value) ? enteredInError : unsupported);
      return undefined;
    },
  };
}

/** Any string that obeys FHIR's grammar of a code. */
export function anyCode(): Codec<string, string, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: { type: 'string' },
    sibling: '_',
    read: (value) => (isCode(value) ? value : undefined),
    write: (value) => value,
    admit: admitCode,
  };
}

/** The normal form of a payload's code; reports one that FHIR cannot hold. */
export function admitCode(value: string, scope: FhirScope): string | undefined {
  return admitGrammar(
    value,
    isCode,
    'code-grammar',
    'A code has no white space outside, and none but single spaces inside.',
    scope,
  );
}

/** Any uri. */
export function uri(): Codec<string, string, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: { type: 'string' },
    sibling: '_',
    read: (value) => (isUri(value) ? value : undefined),
    write: (value) => value,
    admit: (value, scope) =>
      admitGrammar(
        value,
        (one) => isUri(one) && isR4Uri(one),
        'uri-grammar',
        'A uri has no white space; after urn:uuid: stands a UUID in lower case, after urn:oid: an OID.',
        scope,
      ),
  };
}

/** The normal form of a payload string of some grammar: nothing for `""`, and a refusal where the grammar does not fit. */
export function admitGrammar(
  value: string,
  fits: (value: string) => boolean,
  id: string,
  diagnostics: string,
  scope: FhirScope,
  options?: readonly string[],
): string | undefined {
  if (!checkHoldable(value, scope)) return undefined;
  if (nonEmpty(value) === undefined) {
    reportEmpty(scope);
    return undefined;
  }
  if (fits(value)) return value;
  report(scope, { severity: 'error', code: 'value', id, diagnostics, ...(options === undefined ? {} : { options }) });
  return undefined;
}
