import { primitives } from './generated/primitives.js';
import { datatypes, propertyNames } from './generated/propertyNames.js';
import { RESOURCE_TYPES } from './generated/resourceTypes.js';

const CHOICE = '[x]';

interface Names {
  readonly plain: ReadonlySet<string>;
  /** The names of choices, without a type: `value`. */
  readonly stems: ReadonlySet<string>;
}

/** Longer than any that R4 has. */
const LONGEST = 64;

let known: Names | undefined;

/**
 * True for a name that a JSON property has somewhere in R4: `birthDate`, `_birthDate`, `valueQuantity`, `resourceType`. What a
 * name like that says is public, wherever it stands.
 */
export function isPropertyName(key: string): boolean {
  const name = key.startsWith('_') ? key.slice(1) : key;
  if (name.length > LONGEST) return false;
  known ??= readNames();
  if (name === 'resourceType' || known.plain.has(name)) return true;
  // A stem ends before a capital, where the name of its type begins.
  for (let at = 1; at < name.length; at += 1) {
    if (isCapital(name, at) && known.stems.has(name.slice(0, at)) && isTypeSuffix(name.slice(at))) return true;
  }
  return false;
}

/** True for a property of a choice: `valueQuantity` of `value`. */
export function isChoiceOf(key: string, stem: string): boolean {
  return key.startsWith(stem) && isCapital(key, stem.length) && isTypeSuffix(key.slice(stem.length));
}

/** True for `Quantity` and `DateTime`: the name of a type as it ends the name of a choice. */
function isTypeSuffix(suffix: string): boolean {
  if (datatypes.has(suffix) || RESOURCE_TYPES.has(suffix)) return true;
  return Object.hasOwn(primitives, suffix.charAt(0).toLowerCase() + suffix.slice(1));
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x41 && code <= 0x5a;
}

function readNames(): Names {
  const choices = propertyNames.filter((name) => name.endsWith(CHOICE));
  return {
    plain: new Set(propertyNames.filter((name) => !name.endsWith(CHOICE))),
    stems: new Set(choices.map((name) => name.slice(0, -CHOICE.length))),
  };
}
