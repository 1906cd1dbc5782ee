import { grown } from './growing.js';

/** Texts by number, and numbers by text. */
export interface TextTable {
  /** How many there are. */
  readonly size: number;
  /** The number of a text; undefined where it is not there. */
  find(text: string): number | undefined;
  /** The number of a text, which is added where it is not there: 0 for the first one, and so on. */
  numberOf(text: string): number;
  /** The text of a number; empty for one that no text has. */
  at(number: number): string;
}

/** Bytes that lie together; a longer text has a page of its own. */
const PAGE = 16 * 1024;

const FIRST_SIZE = 64;

/**
 * A table of nothing yet. There may be tens of millions of texts: each takes its length and 10 to 17 bytes, where a Map takes four
 * times as much for short ones and has room for 16 million. A text beyond Latin-1 takes twice its length.
 */
export function textTable(): TextTable {
  const pages: Uint8Array[] = [];
  /** Where the next text goes in the last page. */
  let end = PAGE;
  // By number, the page of a text times PAGE, plus its place there.
  let places = new Uint32Array(FIRST_SIZE);
  let size = 0;
  // A number plus 1, where the hash of its text says; 0 is free.
  let slots = new Int32Array(2 * FIRST_SIZE);

  const pageOf = (place: number): Uint8Array => pages[Math.floor(place / PAGE)] ?? NO_PAGE;

  /** Writes a text behind its length: in a byte for each code unit, or in two. */
  const write = (text: string): number => {
    const width = isLatin(text) ? 1 : 2;
    const head = text.length * 2 + width - 1;
    const bytes = headSize(head) + width * text.length;
    if (end + bytes > PAGE) {
      pages.push(new Uint8Array(Math.max(PAGE, bytes)));
      end = 0;
    }
    const place = (pages.length - 1) * PAGE + end;
    const page = pageOf(place);
    let at = end;
    for (let rest = head; ; rest >>>= 7, at += 1) {
      page[at] = rest < 0x80 ? rest : (rest & 0x7f) | 0x80;
      if (rest < 0x80) break;
    }
    at += 1;
    for (let index = 0; index < text.length; index += 1, at += width) {
      const unit = text.charCodeAt(index);
      page[at] = unit;
      if (width === 2) page[at + 1] = unit >>> 8;
    }
    end = at;
    return place;
  };

  /** Calls for each code unit of a text, up to one for which it says false. */
  const each = (number: number, take: (unit: number, index: number, length: number) => boolean): void => {
    const place = places[number] ?? 0;
    const page = pageOf(place);
    let at = place % PAGE;
    const head = headOf(page, at);
    const width = (head & 1) + 1;
    const length = head >>> 1;
    at += headSize(head);
    for (let index = 0; index < length; index += 1, at += width) {
      const unit = (page[at] ?? 0) + (width === 2 ? (page[at + 1] ?? 0) * 256 : 0);
      if (!take(unit, index, length)) return;
    }
  };

  const is = (number: number, text: string): boolean => {
    const place = places[number] ?? 0;
    if (headOf(pageOf(place), place % PAGE) >>> 1 !== text.length) return false;
    let isSame = true;
    each(number, (unit, index) => {
      isSame = unit === text.charCodeAt(index);
      return isSame;
    });
    return isSame;
  };

  /** The slot that a text is in, or would be. */
  const slotOf = (text: string): number => {
    const mask = slots.length - 1;
    let slot = hashOf(text) & mask;
    for (let found = slots[slot] ?? 0; found !== 0 && !is(found - 1, text); found = slots[slot] ?? 0)
      slot = (slot + 1) & mask;
    return slot;
  };

  const rehash = (): void => {
    slots = new Int32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < size; number += 1) {
      let hash = SEED;
      each(number, (unit) => {
        hash = mixed(hash, unit);
        return true;
      });
      let slot = ended(hash) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  };

  return {
    get size() {
      return size;
    },
    find(text) {
      const found = slots[slotOf(text)] ?? 0;
      return found === 0 ? undefined : found - 1;
    },
    numberOf(text) {
      const slot = slotOf(text);
      const found = slots[slot] ?? 0;
      if (found !== 0) return found - 1;
      const number = size;
      size += 1;
      places = grown(places, size, Uint32Array);
      places[number] = write(text);
      slots[slot] = size;
      if (4 * size > 3 * slots.length) rehash();
      return number;
    },
    at(number) {
      if (number < 0 || number >= size) return '';
      const units: number[] = [];
      let text = '';
      each(number, (unit) => {
        units.push(unit);
        if (units.length === MOST_UNITS) text += String.fromCharCode(...units.splice(0));
        return true;
      });
      return text + String.fromCharCode(...units);
    },
  };
}

const NO_PAGE = new Uint8Array();

/** Code units that a text is made of at a time. */
const MOST_UNITS = 1024;

/** A text's length, and whether its code units take two bytes, in groups of 7 bits: the last one has no 8th. */
function headOf(page: Uint8Array, at: number): number {
  let head = 0;
  for (let index = 0; ; index += 1) {
    const byte = page[at + index] ?? 0;
    head += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return head;
  }
}

/** The bytes of that. */
function headSize(head: number): number {
  let size = 1;
  for (let rest = head; rest >= 0x80; rest >>>= 7) size += 1;
  return size;
}

function isLatin(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0xff) return false;
  return true;
}

const SEED = 0x9e3779b9;

/** A step of MurmurHash3. */
function mixed(hash: number, unit: number): number {
  const word = Math.imul(hash ^ unit, 0xcc9e2d51);
  return Math.imul((word << 15) | (word >>> 17), 0x1b873593);
}

function ended(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

function hashOf(text: string): number {
  let hash = SEED;
  for (let index = 0; index < text.length; index += 1) hash = mixed(hash, text.charCodeAt(index));
  return ended(hash);
}
