import type { Around, Difference } from '../lens/diff.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { codingsOf, isSpelling } from './datatypes/concept.js';
import { nonEmpty } from './datatypes/text.js';
import { systemOf } from './references/identity.js';
import { readLiteral } from './references/literal.js';
import { documentTypes, SYSTEM, sectionCodes } from './terminology/codeSystems.js';
import { isFieldsOwn, isOfClinik, systemNamed } from './terminology/systemNames.js';

/**
 * True where what is left of a datatype says the same by itself: a code system under another of its names, a display or a text that
 * spells the code out, a coding that only repeats the text, a reference whose type and id stand in the identifier.
 */
export function isSaidAgain({ at, kind, before, after }: Difference, around: Around): boolean {
  if (kind === 'added') return false;
  const [name, above] = [at.at(-1), at.at(-2)];
  if (name === 'coding') return Array.isArray(before) && before.every((coding) => repeats(coding, around.after));
  if (above === 'coding' && kind === 'missing') return repeats(before, around.after);
  if (typeof before !== 'string') return false;
  switch (name) {
    case 'reference':
      return isSameTarget(before, around.after);
    case 'type':
      return kind === 'missing' && isTypeOf(before, around.before.reference);
    case 'system':
      return isSameSystem(before, after, around);
    case 'code':
      return isOfField(around) && spells(before, around.after);
    case 'display':
      return spells(before, around.after);
    case 'text':
      return isRepeatedText(before, kind, around);
    case 'unit':
      return isMinutes(before, around);
    case 'url':
      // What was relative to a server is below it.
      return typeof after === 'string' && after.endsWith(`/${before}`);
    default:
      return false;
  }
}

/** Minutes in words, where the code says the same or there was none. */
function isMinutes(unit: string, { before, after }: Around): boolean {
  return /^min(?:ute)?s?$/i.test(unit) && after.code === 'min' && (before.code ?? after.code) === after.code;
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
  return [coding.code, coding.display, slugOf(coding)].some((of) => isSpelling(words, nonEmpty(of)));
}

/** True for a coding of no system that says no more than the text beside which it stood. */
function repeats(coding: unknown, { text }: JsonObject): boolean {
  if (!isObject(coding) || !isFieldsOwn(coding.system)) return false;
  const { system: _, code, display, ...more } = coding;
  const said = nonEmpty(text);
  return Object.keys(more).length === 0 && [code, display].every((of) => of === undefined || isSpelt(of, said));
}

/** True where a code can be a word of the field: under no system, or under that of the codes that the words stand for. */
const isOfField = ({ before, after }: Around): boolean =>
  isFieldsOwn(before.system) || (typeof before.system === 'string' && systemNamed(before.system) === after.system);

const isSpelt = (words: unknown, of: string | undefined): boolean => typeof words === 'string' && isSpelling(words, of);

function isSameSystem(before: string, after: unknown, around: Around): boolean {
  if (typeof after === 'string' && systemNamed(before) === systemNamed(after)) return true;
  // A name of ClinikAPI's tells no more than the field does, if the code is still there.
  const { code } = around.before;
  return isOfClinik(before) && typeof code === 'string' && spells(code, around.after);
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
