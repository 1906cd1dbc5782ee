import { valueFault } from './active.js';
import { isSpace } from './chars.js';
import type { Narrative, NarrativeFault } from './fault.js';
import { mayContain, mayHoldText } from './nesting.js';
import { readXml, type XmlHandler } from './reader.js';
import { type AttributeKind, attributeFault, attributesOf, elementFault, XHTML_NAMESPACE } from './xhtml.js';

/** What R4 has against a narrative's div, one of each, and its anchors; the whole check, without a fast way through it. */
export function fullNarrative(div: string): Narrative {
  const faults = new Map<string, NarrativeFault>();
  const add = (id: NarrativeFault['id'], diagnostics: string): void => {
    faults.set(diagnostics, { id, diagnostics });
  };
  const rules = new Rules(div, add);
  const malformed = readXml(div, rules);
  if (malformed !== undefined) {
    // What stands in what follows from the tags that are missing.
    for (const [key, { id }] of faults) if (id === 'narrative-nesting') faults.delete(key);
    add('narrative-not-xhtml', malformed);
  } else if (!rules.hasContent)
    add('txt-2', 'The narrative has neither a text other than white space nor an image with a src.');
  return { faults: [...faults.values()], ids: rules.ids, fragments: rules.fragments };
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** A comment that a browser ends before XML does: what follows in it is markup there. */
const ENDS_EARLY = /^-?>/;

/** The rules of a narrative, told of its tags and text in their order. */
class Rules implements XmlHandler {
  hasContent = false;
  readonly ids: string[] = [];
  readonly fragments: string[] = [];
  /** The namespaces of each prefix, the nearest last. The empty prefix is that of names without one. */
  readonly #namespaces = new Map<string, string[]>([['xml', [XML_NAMESPACE]]]);
  /** The prefixes that each open element declares. */
  readonly #declared: (readonly string[])[] = [];
  /** The names of the open elements, without their prefixes. */
  readonly #open: string[] = [];
  #rootNamespace: string | undefined;

  readonly #div: string;
  readonly #add: (id: NarrativeFault['id'], diagnostics: string) => void;

  constructor(div: string, add: (id: NarrativeFault['id'], diagnostics: string) => void) {
    this.#div = div;
    this.#add = add;
  }

  open(name: string, attributes: ReadonlyMap<string, string>, end: number): void {
    this.#noteAnchors(attributes);
    this.#declare(attributes);
    const colon = name.indexOf(':');
    const local = name.slice(colon + 1);
    const namespace = this.#namespaceOf(name.slice(0, Math.max(colon, 0)));
    const parent = this.#open.at(-1);
    this.#open.push(local);
    if (this.#declared.length === 1) this.#checkRoot(local, namespace, end);
    // What the root lacks has been said; the elements in it are judged as if it did not.
    else if (namespace !== XHTML_NAMESPACE && namespace !== this.#rootNamespace) {
      this.#addNotXhtml('An element is in a namespace other than that of XHTML.');
      return;
    }
    if (parent !== undefined && !mayContain(parent, local)) {
      this.#add(
        'narrative-nesting',
        `The element ${local} stands in the element ${parent}, and XHTML does not have it there.`,
      );
    }
    const allowed = attributesOf(local);
    if (allowed === undefined) this.#add('txt-1', elementFault(local));
    else this.#checkAttributes(local, allowed, attributes);
    if (local === 'img' && attributes.has('src')) this.hasContent = true;
  }

  close(): void {
    this.#open.pop();
    for (const prefix of this.#declared.pop() ?? []) this.#namespaces.get(prefix)?.pop();
  }

  text(text: string): void {
    const parent = this.#open.at(-1) ?? '';
    if (this.hasContent && mayHoldText(parent)) return;
    if (isSpace(text)) return;
    this.hasContent = true;
    if (!mayHoldText(parent)) {
      this.#add('narrative-nesting', `Text stands in the element ${parent}, and XHTML does not have it there.`);
    }
  }

  hidden(kind: 'comment' | 'CDATA section', inside: string): void {
    if (kind === 'comment' ? !ENDS_EARLY.test(inside) : !inside.includes('>')) return;
    this.#add('txt-1', `A ${kind} holds a '>' at which a browser ends it, and reads what follows as markup.`);
  }

  #noteAnchors(attributes: ReadonlyMap<string, string>): void {
    const id = attributes.get('id');
    if (id !== undefined) this.ids.push(id);
    for (const name of ['src', 'href']) {
      const address = attributes.get(name);
      if (address?.startsWith('#')) this.fragments.push(address);
    }
  }

  #addNotXhtml(diagnostics: string): void {
    this.#add('narrative-not-xhtml', diagnostics);
  }

  #checkRoot(local: string, namespace: string | undefined, end: number): void {
    this.#rootNamespace = namespace;
    if (local !== 'div') this.#addNotXhtml('The element of the narrative is not a div.');
    if (namespace !== XHTML_NAMESPACE) {
      const what = namespace === undefined ? 'has no namespace' : 'is in another namespace';
      this.#addNotXhtml(`The element of the narrative ${what}; it wants xmlns="${XHTML_NAMESPACE}".`);
    }
    if (this.#div.indexOf('>') !== end - 1) {
      this.#addNotXhtml(
        "The tag of the div holds a '>', and FHIR's JSON wants the content to begin after the first one.",
      );
    }
  }

  #checkAttributes(
    element: string,
    allowed: ReadonlyMap<string, AttributeKind>,
    attributes: ReadonlyMap<string, string>,
  ): void {
    for (const [name, value] of attributes) {
      const kind = allowed.get(name);
      if (kind !== undefined) {
        const active = valueFault(element, name, kind, value);
        if (active !== undefined) this.#add('txt-1', active);
      } else if (!isDeclaration(name)) {
        const colon = name.indexOf(':');
        if (colon >= 0) this.#namespaceOf(name.slice(0, colon));
        this.#add('txt-1', attributeFault(element, name));
      }
    }
  }

  #namespaceOf(prefix: string): string | undefined {
    const namespace = this.#namespaces.get(prefix)?.at(-1);
    if (namespace === undefined && prefix !== '') this.#addNotXhtml(NO_NAMESPACE);
    return namespace === '' ? undefined : namespace;
  }

  #declare(attributes: ReadonlyMap<string, string>): void {
    const prefixes: string[] = [];
    for (const [name, namespace] of attributes) {
      if (!isDeclaration(name)) continue;
      const prefix = name.slice('xmlns:'.length);
      if (!mayDeclare(prefix, namespace)) this.#addNotXhtml('A namespace is declared as XML does not allow.');
      const known = this.#namespaces.get(prefix);
      if (known === undefined) this.#namespaces.set(prefix, [namespace]);
      else known.push(namespace);
      prefixes.push(prefix);
    }
    this.#declared.push(prefixes);
  }
}

const NO_NAMESPACE = 'A name has a prefix that no namespace is declared for.';

function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

/** The constraints on declarations of https://www.w3.org/TR/xml-names/#ns-decl. */
function mayDeclare(prefix: string, namespace: string): boolean {
  if (prefix === 'xmlns' || namespace === XMLNS_NAMESPACE) return false;
  if ((prefix === 'xml') !== (namespace === XML_NAMESPACE)) return false;
  return prefix === '' || namespace !== '';
}
