import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { hasDuplicateKeys } from '../read/jsonText.js';
import { UsageError } from '../read/usageError.js';
import type { Key } from './jsonTree.js';
import { placeOfSyntaxError } from './placeOfFinding.js';
import { textLines } from './textLines.js';

/** A JSON file that a person wrote for us, and whose faults are shown where they are. */
export interface SettingsFile {
  readonly value: unknown;
  /**
   * What is thrown for a fault of the value that the keys lead to. It names `file:line:column` of the value, or of its key where
   * it has one, and its JSON Pointer; with `inside`, the place of that character of a text.
   */
  fault(keys: readonly Key[], says: string, inside?: number): UsageError;
}

/**
 * Reads a JSON file of settings.
 * @throws UsageError, with the place, where it is no JSON or has a key twice.
 */
export function parseSettings(text: string, file: string): SettingsFile {
  const body = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const { line, column } = placeOfSyntaxError(body, 1);
    throw new UsageError(
      `${file}:${line}:${column}: this is not JSON here; comments and trailing commas are none either.`,
    );
  }
  if (hasDuplicateKeys(body, value))
    throw new UsageError(`${file}: an object in it has a key twice, of which only one would count; remove the other.`);
  const lines = textLines(body, 1);
  let root: Node | undefined;
  const nodeOf = (keys: readonly Key[]): Node | undefined => {
    root ??= parseTree(body);
    return root === undefined ? undefined : findNodeAtLocation(root, [...keys]);
  };
  return {
    value,
    fault(keys, says, inside) {
      const node = nodeOf(keys);
      // A property begins at its key.
      const { offset } = (node?.parent?.type === 'property' ? node.parent : node) ?? { offset: 0 };
      const start = inside === undefined || node?.type !== 'string' ? offset : offsetInside(body, node.offset, inside);
      const { line, column } = lines.region(start, start);
      const pointer = keys.length === 0 ? '' : ` ${pointerOf(keys)}:`;
      return new UsageError(`${file}:${line}:${column}:${pointer} ${says}`);
    },
  };
}

/** The offset of a character of a text whose literal starts at `quote`: one that is escaped takes several there. */
function offsetInside(text: string, quote: number, character: number): number {
  let at = quote + 1;
  for (let left = character; left > 0 && text[at] !== '"'; left -= 1) {
    if (text[at] !== '\\') at += 1;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  return at;
}

/** A JSON Pointer (https://www.rfc-editor.org/rfc/rfc6901). */
function pointerOf(keys: readonly Key[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
