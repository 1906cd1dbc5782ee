import type { Narrative } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject } from '../../lens/json.js';
import { type Finding, noteUnread, report } from '../../lens/scope.js';
import type { Mark } from '../narrative/layout.js';
import { readDiv } from '../narrative/shown.js';
import { divOf } from '../narrative/written.js';
import type { FhirScope } from '../scope.js';
import { admitText, checkHoldable, isBlank, withinLimit } from './text.js';

/**
 * The text that a reader sees of a Narrative (https://hl7.org/fhir/R4/narrative.html), or undefined where it has none. Reports
 * what of it the text says in another way, or not at all.
 */
export function readNarrative(value: unknown, scope: FhirScope): string | undefined {
  if (!isObject(value) || value.status === 'empty' || typeof value.div !== 'string') return undefined;
  const { text, marks, tooDeep } = readDiv(value.div);
  for (const mark of marks) {
    noteUnread(scope, 'markup', 'div');
    report(scope, MARKS[mark], 'div');
  }
  if (tooDeep) report(scope, TOO_DEEP, 'div');
  return /\S/.test(text) ? text : undefined;
}

const MARKS: { readonly [mark in Mark]: Finding } = {
  hidden: {
    severity: 'warning',
    code: 'incomplete',
    id: 'narrative-hidden',
    diagnostics: 'The narrative has content that a browser does not show; it is not read.',
  },
  image: {
    severity: 'warning',
    code: 'incomplete',
    id: 'narrative-image',
    diagnostics: 'The narrative has an image; only the words that stand for it are read.',
  },
  struck: {
    severity: 'information',
    code: 'informational',
    id: 'narrative-struck-out',
    diagnostics: 'The narrative has text that was struck out; the text says so in words.',
  },
  table: {
    severity: 'information',
    code: 'informational',
    id: 'narrative-table',
    diagnostics:
      'A table of the narrative is laid out in another way: it has cells that span others, or that have lines or tables of their own.',
  },
  style: {
    severity: 'information',
    code: 'informational',
    id: 'narrative-style',
    diagnostics: 'The narrative has text in a colour of its own, which plain text cannot have.',
  },
};

const TOO_DEEP: Finding = {
  severity: 'error',
  code: 'not-supported',
  id: 'narrative-too-deep',
  diagnostics: 'The narrative is nested too deep to be read.',
};

/** True for text that a narrative can hold: something other than white space (txt-2), and only characters that XML allows. */
function isNarratable(text: string): boolean {
  return !isBlank(text) && !/[\ufffe\uffff]/.test(text);
}

/** Text from a resource that can stand as a narrative of a payload, within ClinikAPI's limit. */
export function narratable(found: string, max: number, scope: FhirScope): string | undefined {
  if (!checkHoldable(found, scope)) return undefined;
  const text = withinLimit(found, max, true, scope);
  return text !== undefined && isNarratable(text) ? text : undefined;
}

/** Text of a payload for a Narrative. It is the record itself, not a rendering of one: status `additional`. */
export function narrative(max: number): Codec<string, Narrative, FhirScope> {
  return {
    fidelity: 'lossy',
    rule: 'what a browser shows of its XHTML; written so that it is shown as it is, with status additional',
    schema: { type: 'string', maxLength: max },
    read(value, scope) {
      const found = readNarrative(value, scope);
      const text = found === undefined ? undefined : narratable(found, max, scope);
      if (text !== found) noteUnread(scope, 'over-limit', 'div');
      return text;
    },
    write: (value) => ({ status: 'additional', div: divOf(value) }),
    admit(value, scope) {
      const text = admitText(value, scope);
      if (text === undefined || isNarratable(text)) return text;
      report(scope, {
        severity: 'error',
        code: 'value',
        id: 'narrative-invalid-character',
        diagnostics: 'A narrative needs something other than white space (txt-2), and only characters that XML allows.',
      });
      return undefined;
    },
  };
}
