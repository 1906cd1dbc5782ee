import { readXml } from './reader.js';

/** What a narrative says of places inside of its resource. */
export interface Anchors {
  /** The ids of its elements, each as often as it stands there. */
  readonly ids: readonly string[];
  /** The `#id`s that its images and links lead to (https://hl7.org/fhir/R4/narrative.html#images). */
  readonly fragments: readonly string[];
}

const NONE: Anchors = { ids: [], fragments: [] };

/** An attribute that says an id or leads to one, and what only looks like it; most narratives have neither. */
const MAY_HAVE_ANY = /[ \t\r\n](?:id[ \t\r\n]*=|(?:src|href)[ \t\r\n]*=[ \t\r\n]*["'](?:#|&))/;

/** The anchors of a narrative, as far as it is well-formed. */
export function anchorsOf(div: string): Anchors {
  if (!MAY_HAVE_ANY.test(div)) return NONE;
  const ids: string[] = [];
  const fragments: string[] = [];
  readXml(div, {
    open(_name, attributes) {
      const id = attributes.get('id');
      if (id !== undefined) ids.push(id);
      for (const name of ['src', 'href']) {
        const address = attributes.get(name);
        if (address?.startsWith('#')) fragments.push(address);
      }
    },
    close() {},
    text() {},
    hidden() {},
  });
  return { ids, fragments };
}
