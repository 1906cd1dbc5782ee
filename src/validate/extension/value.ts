import { codesAllowed, targetsAllowed } from '../../fhir/allowedWords.js';
import { isPrimitiveType, typeNamed } from '../../fhir/definitions.js';
import type { ExtensionDefinition } from '../../fhir/extensions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { typeIn } from '../reference.js';
import { boundCheck, codeTest } from '../terminology.js';
import { atChild, report, type Walk } from '../walk.js';

/** Holds the value of an extension in focus to the definition of the extension; `since` is what was found before the extension. */
export function checkValue(definition: ExtensionDefinition, extension: JsonObject, walk: Walk, since: number): void {
  const keys = keysOf(extension);
  const [key] = keys;
  if (key === undefined) {
    // Where there are no extensions either, ext-1 says it.
    if (definition.types.length > 0 && own(extension, 'extension') !== undefined)
      report(walk, 'extension-value-missing');
    return;
  }
  const type = typeNamed('Extension').properties.get(key)?.type;
  // Several values, or one of a type that no extension has, are reported as that.
  if (keys.length > 1 || type === undefined) return;
  if (!definition.types.includes(type)) report(walk, 'extension-value', undefined, 'value');
  else {
    atChild(walk, 'value', -1, () => {
      checkContent(definition, type, own(extension, key), walk, since);
    });
  }
}

/** The properties of a value, without the underscore of what stands beside a primitive one. */
function keysOf(extension: JsonObject): readonly string[] {
  const keys: string[] = [];
  for (const key in extension) {
    const name = key.startsWith('_') ? key.slice(1) : key;
    if (name.startsWith('value') && extension[key] !== undefined && !keys.includes(name)) keys.push(name);
  }
  return keys;
}

function checkContent(definition: ExtensionDefinition, type: string, value: unknown, walk: Walk, since: number): void {
  const { binding, targets } = definition;
  if (isPrimitiveType(type)) {
    const set = binding === undefined ? undefined : codeTest(type, binding);
    if (binding === undefined || set === undefined || typeof value !== 'string') return;
    if (!set.has(value, walk)) report(walk, 'binding-required', codesAllowed(binding, value));
  } else if (isObject(value)) {
    if (type === 'Reference' && targets !== undefined) checkTarget(value, new Set(targets), walk);
    if (binding !== undefined) boundCheck(type, binding)?.(value, walk, since);
  }
}

function checkTarget(value: JsonObject, targets: ReadonlySet<string>, walk: Walk): void {
  const reference = own(value, 'reference');
  const type = typeof reference === 'string' ? typeIn(reference, targets) : undefined;
  if (type !== undefined && !targets.has(type)) {
    report(walk, 'reference-target', targetsAllowed('The extension', targets, type));
  }
}
