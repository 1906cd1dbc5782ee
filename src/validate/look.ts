import { isObject, type JsonObject } from '../lens/json.js';
import { report, spend, type Walk, type Walker, walkPast } from './walk.js';

/** Looks at the value of a JSON property, which is in focus; `owner` is the object it stands in. */
export type Look = (value: unknown, walk: Walk, owner: JsonObject) => void;

/** A walker that is made when it is first used. */
export function lazily(make: (walk: Walk) => Walker): Walker {
  let walker: Walker | undefined;
  return (node, walk) => {
    walker ??= make(walk);
    return walker(node, walk);
  };
}

/** What is said of a value in the place of an object. */
export const OBJECT_EXPECTED = 'An object is expected here.';

/** Looks at a value as an object of a type, or reports that it is none; false where there is nothing else to say of it. */
export function lookAtObject(value: unknown, walker: Walker, walk: Walk): value is JsonObject {
  if (isObject(value)) return walker(value, walk);
  reportWrongType(value, OBJECT_EXPECTED, walk);
  return false;
}

/** Reports what stands in the place of something else. */
export function reportWrongType(value: unknown, expected: string, walk: Walk): void {
  if (value === null) report(walk, 'null-value');
  else if (Array.isArray(value)) report(walk, 'list-unexpected');
  else report(walk, 'wrong-json-type', expected);
  walkPast(value, walk);
}

/** Whether a value is an array with something in it; reports one that is not. */
export function lookAtList(value: unknown, walk: Walk): value is readonly unknown[] {
  if (!Array.isArray(value)) {
    report(walk, value === null ? 'null-value' : 'list-expected');
    walkPast(value, walk);
    return false;
  }
  if (value.length === 0) report(walk, 'empty-value');
  spend(value.length, walk);
  return value.length > 0;
}
