/** A field of an interface as its source has it. */
export interface DeclaredField {
  readonly name: string;
  readonly type: string;
  /** The text of its docstring in one line; empty where there is none. */
  readonly doc: string;
}

/** An interface as its source has it. */
export interface DeclaredInterface {
  readonly isExported: boolean;
  /** What it extends: names of interfaces, and whatever else stands there. */
  readonly bases: string;
  /** The text between its braces. */
  readonly body: string;
}

/**
 * The interfaces that a source text declares at its top level, by name. TypeScript 7 has no API for JavaScript, and of an interface
 * of fields alone this is all that a test needs.
 */
export function interfacesOf(source: string): ReadonlyMap<string, DeclaredInterface> {
  const declared = source.matchAll(
    /^(export )?(?:declare )?interface (\w+)(?:\s+extends\s+([^{]*))?\s*\{\n([\s\S]*?)^\}/gm,
  );
  return new Map(
    [...declared].map(([, exported, name = '', bases = '', body = '']) => [
      name,
      { isExported: exported !== undefined, bases: inOneLine(bases), body },
    ]),
  );
}

/**
 * The fields of an interface.
 * @throws Error for anything that is no field with a type on its own, such as a method or an object written in place.
 */
export function fieldsOf(body: string): readonly DeclaredField[] {
  const fields: DeclaredField[] = [];
  const field = /\s*(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:readonly )?(\w+)\??:([^;{}]*);/y;
  let end = 0;
  for (let found = field.exec(body); found !== null; found = field.exec(body)) {
    const [, doc = '', name = '', type = ''] = found;
    fields.push({ name, type: inOneLine(type), doc: inOneLine(doc.replace(/^\s*\*/gm, '')) });
    end = field.lastIndex;
  }
  if (body.slice(end).trim() !== '') throw new Error(`after ${fields.at(-1)?.name}: this is no field`);
  return fields;
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
