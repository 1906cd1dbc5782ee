import type { Around, Difference } from '../lens/diff.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { codingsOf, isSpelling } from './datatypes/concept.js';
import { minutesOf } from './datatypes/duration.js';
import { originalOf } from './datatypes/period.js';
import { nonEmpty } from './datatypes/text.js';
import { systemOf } from './references/identity.js';
import { readLiteral } from './references/literal.js';
import { documentTypes, SYSTEM, sectionCodes } from './terminology/codeSystems.js';
import { isFieldsOwn, isOfClinik, systemNamed } from './terminology/systemNames.js';

/**
 * Whether what is left of a datatype says the same by itself: `again` for a display or a text that spells the code out, a coding that
 * only repeats the text, a reference whose type and id stand in the identifier; `form` for the same thing in another form: a code
 * system under another of its names, a reference to the same record, an address that was relative. Undefined where it does not.
 */
export function saidAgain({ at, kind, before, after }: Difference, around: Around): 'again' | 'form' | undefined {
  if (kind === 'added') return undefined;
  const name = at[at.length - 1];
  const above = at[at.length - 2];
  if (name === 'coding') return again(allRepeat(before, around.after));
  if (above === 'coding' && kind === 'missing') return again(repeats(before, around.after));
  if (name === 'value' && typeof before === 'number') return form(isAsLong(around));
  if (typeof before !== 'string') return undefined;
  switch (name) {
    case 'reference':
      return form(isSameTarget(before, around.after));
    case 'type':
      return again(kind === 'missing' && isTypeOf(before, around.before.reference));
    case 'system':
      return (typeof after === 'string' && systemNamed(before) === systemNamed(after)) || isAsLong(around)
        ? 'form'
        : again(isSystemOfField(before, around));
    case 'code':
      return isAsLong(around) ? 'form' : again(isOfField(around) && spells(before, around.after));
    case 'display':
      return again(spells(before, around.after));
    case 'text':
      return again(isRepeatedText(before, kind, around));
    case 'start':
    case 'end':
      return form(kind === 'missing' && originalOf(around.after, name) === before);
    case 'unit':
      return form(isAsLong(around));
    case 'url':
      return form(isSamePlace(before, kind, after, around));
    default:
      return undefined;
  }
}

const again = (is: boolean): 'again' | undefined => (is ? 'again' : undefined);
const form = (is: boolean): 'form' | undefined => (is ? 'form' : undefined);

/** True for a part of a Duration that is written in minutes, and is as long. */
function isAsLong({ before, after }: Around): boolean {
  return after.code === 'min' && typeof after.value === 'number' && minutesOf(before) === after.value;
}

/** True for the address of a Binary whose data is there now, and of one that was relative to a server and is below it. */
function isSamePlace(url: string, kind: Difference['kind'], after: unknown, around: Around): boolean {
  if (kind === 'missing') return around.before.data === undefined && around.after.data !== undefined;
  return typeof after === 'string' && after.endsWith(`/${url}`);
}

/** The slugs of LOINC codes. */
const SLUGS: ReadonlyMap<unknown, string> = new Map(
  [sectionCodes, documentTypes].flatMap(({ words }) =>
    Object.entries(words).map(([slug, { code }]): [string, string] => [code, slug]),
  ),
);

/** The slug that stands for a code. */
const slugOf = ({ system, code }: JsonObject): string | undefined =>
  system === SYSTEM.loinc ? SLUGS.get(code) : undefined;

/** True for words that only write a coding's code, its display or its slug. */
function spells(words: string, coding: JsonObject): boolean {
  return (
    isSpelling(words, nonEmpty(coding.code)) ||
    isSpelling(words, nonEmpty(coding.display)) ||
    isSpelling(words, slugOf(coding))
  );
}

function allRepeat(codings: unknown, concept: JsonObject): boolean {
  return Array.isArray(codings) && codings.every((coding) => repeats(coding, concept));
}

/** True for a coding of no system that says no more than the text beside which it stood. */
function repeats(coding: unknown, { text }: JsonObject): boolean {
  if (!isObject(coding) || !isFieldsOwn(coding.system)) return false;
  for (const key in coding) if (key !== 'system' && key !== 'code' && key !== 'display') return false;
  const { code, display } = coding;
  const said = nonEmpty(text);
  return (code === undefined || isSpelt(code, said)) && (display === undefined || isSpelt(display, said));
}

/** True where a code can be a word of the field: under no system, or under that of the codes that the words stand for. */
const isOfField = ({ before, after }: Around): boolean =>
  isFieldsOwn(before.system) || (typeof before.system === 'string' && systemNamed(before.system) === after.system);

const isSpelt = (words: unknown, of: string | undefined): boolean => typeof words === 'string' && isSpelling(words, of);

/** A name of ClinikAPI's tells no more than the field does, if the code is still there. */
function isSystemOfField(system: string, { before: { code }, after }: Around): boolean {
  return isOfClinik(system) && typeof code === 'string' && spells(code, after);
}

function isRepeatedText(text: string, kind: Difference['kind'], { before, after }: Around): boolean {
  if (codingsOf(after).some((coding) => spells(text, coding))) return true;
  // A display that is lost too is a loss of its own.
  return kind === 'missing' && codingsOf(after).length > 0 && codingsOf(before).some(({ display }) => display === text);
}

function isSameTarget(text: string, { type, identifier, reference }: JsonObject): boolean {
  const literal = readLiteral(text);
  if (literal?.type === undefined || literal.id === undefined || literal.reference !== text) return false;
  if (literal.base !== undefined && !isOfClinik(literal.base)) return false;
  if (typeof reference === 'string') return reference === `${literal.type}/${literal.id}`;
  if (!isObject(identifier) || identifier.value !== literal.id) return false;
  return type === literal.type && identifier.system === systemOf(literal.type);
}

function isTypeOf(type: string, reference: unknown): boolean {
  return typeof reference === 'string' && readLiteral(reference)?.type === type;
}
