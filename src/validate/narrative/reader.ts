import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { hasOnlyXmlChars, isQualifiedName, isSpace, referenceFault } from './chars.js';

/** What a reader is told of a text that is XML, in its order, with references resolved. */
export interface XmlHandler {
  /** A start tag; `end` is where the text goes on after it. */
  open(name: string, attributes: ReadonlyMap<string, string>, end: number): void;
  close(): void;
  text(text: string): void;
  /** The inside of a comment or of a CDATA section; the latter is text as well, of which `text` is told. */
  hidden(kind: 'comment' | 'CDATA section', inside: string): void;
}

/**
 * Reads one element of XML 1.0 with namespaces, and white space around it. Returns why the text is not that, or undefined
 * where it is; what came before the fault has been told to the handler by then. Declarations and processing instructions
 * are faults, and so is a text of more than 64 million characters. Linear in the length of the text, whatever it is.
 */
export function readXml(source: string, handler: XmlHandler): string | undefined {
  if (source.length > MAX_LENGTH) return 'The narrative is longer than 64 million characters, and is not read.';
  if (!hasOnlyXmlChars(source)) return 'The narrative holds a character that XML does not allow.';
  const reader = new XmlReader(source, handler);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, reader);
  reader.onfault = () => tokenizer.pause();
  tokenizer.write(source);
  tokenizer.end();
  return reader.fault;
}

/** Up to here neither the stack of open elements nor the attributes of a tag outgrow what JavaScript can hold. */
const MAX_LENGTH = 64_000_000;

const AROUND = 'Something other than white space stands before or after the element of the narrative.';
const START_TAG = 'A start tag is not as XML writes it.';
const UNFINISHED = "A '<' begins no tag, or one that does not end.";

/**
 * Holds the pieces that htmlparser2's tokenizer finds to what XML says. The tokenizer reads anything at all; what it lets
 * pass shows in the source of its pieces and between them. So each piece must begin where the last one ended, and must
 * be as XML writes it.
 */
class XmlReader implements TokenizerCallbacks {
  fault: string | undefined;
  onfault: (() => void) | undefined;
  /** Where the last piece ended, and inside of a tag, where its last part did. */
  #end = 0;
  #part = 0;
  #roots = 0;
  readonly #open: string[] = [];
  #tag = '';
  #attributes = new Map<string, string>();
  #attribute = '';
  #value = '';
  readonly #source: string;
  readonly #handler: XmlHandler;

  constructor(source: string, handler: XmlHandler) {
    this.#source = source;
    this.#handler = handler;
  }

  ontext(start: number, end: number): void {
    const text = this.#source.slice(start, end);
    if (!this.#expect(start === this.#end && !text.includes('<'), UNFINISHED)) return;
    if (!this.#expect(!text.includes(']]>'), "A text holds ']]>', which XML wants written as ]]&gt;.")) return;
    if (!this.#expect(this.#open.length > 0 || isSpace(text), AROUND) || !this.#expectReferences(text)) return;
    this.#end = end;
    this.#handler.text(text);
  }

  ontextentity(code: number, end: number): void {
    const written = this.#source.slice(this.#end, end);
    if (!this.#expect(this.#open.length > 0, AROUND) || !this.#expectReferences(written)) return;
    this.#end = end;
    this.#handler.text(String.fromCodePoint(code));
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#source.slice(start, end);
    this.#attributes = new Map();
    this.#part = end;
    this.#expect(this.#source[this.#end] === '<' && start === this.#end + 1 && isQualifiedName(this.#tag), START_TAG);
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#source.slice(start, end);
    this.#value = '';
    const gap = this.#source.slice(this.#part, start);
    this.#expect(gap !== '' && isSpace(gap) && isQualifiedName(this.#attribute), START_TAG);
    this.#part = end;
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#source.slice(start, end);
  }

  onattribentity(code: number): void {
    this.#value += String.fromCodePoint(code);
  }

  onattribend(quote: QuoteType, end: number): void {
    const quoted = quote === QuoteType.Double || quote === QuoteType.Single;
    if (!this.#expect(quoted, 'An attribute has no value in quotes.')) return;
    const written = this.#source.slice(this.#part, end);
    if (!this.#expect(!written.includes('<'), "The value of an attribute holds '<'.")) return;
    if (!this.#expectReferences(written)) return;
    if (!this.#expect(!this.#attributes.has(this.#attribute), 'A tag has the same attribute twice.')) return;
    this.#attributes.set(this.#attribute, this.#value);
    this.#part = end;
  }

  onopentagend(index: number): void {
    if (this.#endStartTag(index, index + 1)) this.#open.push(this.#tag);
  }

  onselfclosingtag(index: number): void {
    const slash = index - 1;
    if (this.#expect(this.#source[slash] === '/', START_TAG) && this.#endStartTag(slash, index + 1))
      this.#handler.close();
  }

  onclosetag(start: number, end: number): void {
    const last = this.#source.indexOf('>', end);
    const follows = start === this.#end + 2 && this.#source.startsWith('</', this.#end);
    const ends = last >= 0 && isSpace(this.#source.slice(end, last));
    if (!this.#expect(follows && ends, 'An end tag is not as XML writes it.')) return;
    const matches = this.#open.pop() === this.#source.slice(start, end);
    if (!this.#expect(matches, 'An end tag does not match the start tag.')) return;
    this.#end = last + 1;
    this.#handler.close();
  }

  oncomment(_start: number, index: number): void {
    const inside = this.#hidden('comment', index + 1, '<!--', '-->');
    if (inside !== undefined) this.#expect(!`${inside}-`.includes('--'), "A comment holds '--'.");
  }

  oncdata(_start: number, index: number): void {
    const inside = this.#hidden('CDATA section', index + 1, '<![CDATA[', ']]>');
    if (inside !== undefined) this.#handler.text(inside);
  }

  ondeclaration(): void {
    this.#expect(false, 'The narrative holds a declaration, such as DOCTYPE.');
  }

  onprocessinginstruction(): void {
    this.#expect(false, 'The narrative holds a processing instruction.');
  }

  onend(): void {
    if (!this.#expect(this.#end === this.#source.length, UNFINISHED)) return;
    if (!this.#expect(this.#open.length === 0, 'An element is not closed.')) return;
    this.#expect(this.#roots === 1, 'The narrative has no element.');
  }

  /** Notes the first thing that is not as it should be. The tokenizer may finish the step it is at, to no effect. */
  #expect(isRight: boolean, diagnostics: string): boolean {
    if (!isRight && this.fault === undefined) {
      this.fault = diagnostics;
      this.onfault?.();
    }
    return this.fault === undefined;
  }

  #expectReferences(text: string): boolean {
    const wrong = text.includes('&') ? referenceFault(text) : undefined;
    return this.#expect(wrong === undefined, wrong ?? '');
  }

  #endStartTag(last: number, end: number): boolean {
    if (!this.#expect(isSpace(this.#source.slice(this.#part, last)), START_TAG)) return false;
    if (this.#open.length === 0) {
      if (!this.#expect(this.#roots === 0, AROUND)) return false;
      this.#roots = 1;
    }
    this.#end = end;
    this.#handler.open(this.#tag, this.#attributes, end);
    return true;
  }

  #hidden(kind: 'comment' | 'CDATA section', end: number, prefix: string, suffix: string): string | undefined {
    const piece = this.#source.slice(this.#end, end);
    const isWhole = piece.startsWith(prefix) && piece.endsWith(suffix) && piece.length >= prefix.length + suffix.length;
    if (!this.#expect(isWhole, `A ${kind} is not closed.`)) return undefined;
    if (!this.#expect(this.#open.length > 0, AROUND)) return undefined;
    this.#end = end;
    const inside = piece.slice(prefix.length, -suffix.length);
    this.#handler.hidden(kind, inside);
    return inside;
  }
}
