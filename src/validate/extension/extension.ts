import { type ExtensionDefinition, extensionNamed } from '../../fhir/extensions.js';
import { NOT_LOADED } from '../../fhir/terminology/codeSystemNamed.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { compile } from '../fhirpath/compile.js';
import { noteNotLoaded } from '../notLoaded.js';
import { atChild, report, type Walk } from '../walk.js';
import { type Place, placeOf } from './place.js';
import { checkValue } from './value.js';

/**
 * Holds an extension in focus to its definition, where HL7 defines it in R4: where it may stand, how often, its value and the
 * extensions that it is made of (https://hl7.org/fhir/R4/defining-extensions.html). `since` is what was found before it.
 */
export function checkExtension(value: JsonObject, walk: Walk, since: number): void {
  const url = own(value, 'url');
  if (typeof url !== 'string') return;
  walk.profiles?.extension(url, value, walk);
  const definition = extensionNamed(url);
  if (definition === undefined) return;
  if (definition === NOT_LOADED) {
    noteNotLoaded(walk);
    return;
  }
  checkUse(definition, url, walk);
  checkContent(definition, value, walk, since);
}

function checkUse(definition: ExtensionDefinition, url: string, walk: Walk): void {
  const property = walk.names[walk.depth] ?? '';
  if ((property === 'modifierExtension') !== definition.isModifier) report(walk, 'extension-modifier');
  const place = placeOf(walk);
  if (place === undefined) return;
  if (!belongs(definition, place, walk)) report(walk, 'extension-context');
  const all = own(place.owner, property);
  if (!definition.isList && Array.isArray(all) && firstOf(url, all) < (walk.indexes[walk.depth] ?? 0)) {
    report(walk, 'extension-repeats');
  }
}

/** True where the definition of an extension allows it: on an element that it names, as it asks it to be. */
function belongs(definition: ExtensionDefinition, place: Place, { environment }: Walk): boolean {
  const { contexts, condition } = definition;
  if (!contexts.has('Element') && !place.names.some((name) => contexts.has(name))) return false;
  return condition === undefined || compile(condition, place)?.(place.owner, undefined, environment) !== false;
}

const firsts = new WeakMap<readonly unknown[], ReadonlyMap<unknown, number>>();

/** The position of the first of some extensions with an address. */
function firstOf(url: string, extensions: readonly unknown[]): number {
  let known = firsts.get(extensions);
  if (known === undefined) {
    const made = new Map<unknown, number>();
    for (const [index, one] of extensions.entries()) {
      const address = isObject(one) ? own(one, 'url') : undefined;
      if (!made.has(address)) made.set(address, index);
    }
    known = made;
    firsts.set(extensions, made);
  }
  return known.get(url) ?? 0;
}

function checkContent(definition: ExtensionDefinition, value: JsonObject, walk: Walk, since: number): void {
  checkValue(definition, value, walk, since);
  if (definition.parts.size > 0) checkParts(definition, own(value, 'extension'), walk, since);
}

/** The extensions that an extension is made of: those that have to be there are, and none is more often than it may be. */
function checkParts({ parts }: ExtensionDefinition, extensions: unknown, walk: Walk, since: number): void {
  const seen = new Set<string>();
  const inside: readonly unknown[] = Array.isArray(extensions) ? extensions : [];
  inside.forEach((one, index) => {
    const url = isObject(one) ? own(one, 'url') : undefined;
    const part = typeof url === 'string' ? parts.get(url) : undefined;
    if (!isObject(one) || typeof url !== 'string' || part === undefined) return;
    atChild(walk, 'extension', index, () => {
      if (seen.has(url) && !part.isList) report(walk, 'extension-repeats');
      checkContent(part, one, walk, since);
    });
    seen.add(url);
  });
  for (const [url, part] of parts) if (part.isRequired && !seen.has(url)) report(walk, 'extension-incomplete');
}
