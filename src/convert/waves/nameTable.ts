import { grown } from '../../bundle/growing.js';

/** Numbers for the names of records. */
export interface Names {
  /** The number of a name: 0 for the first one that is asked for, and so on; always the same for the same name. */
  numberOf(name: string): number;
}

const FIRST_SIZE = 1024;

/**
 * Names that are told apart by a hash of 64 bits, for there may be tens of millions: 8 bytes for the hash, and 5 to 11 for an
 * open-addressing table, whatever a name's length. Two names of the same hash would share a number, and be one record to whoever
 * asks: a needless wait for one of them, or a missed one for the other. Among ten million names the odds are one in 300,000 that
 * any two do.
 */
export function names(): Names {
  let high = new Uint32Array(FIRST_SIZE);
  let low = new Uint32Array(FIRST_SIZE);
  let size = 0;
  // A name's number plus 1; 0 is free.
  let slots = new Int32Array(2 * FIRST_SIZE);

  const rehash = (): void => {
    slots = new Int32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < size; number += 1) {
      let slot = (low[number] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  };

  return {
    numberOf(name) {
      const { a, b } = hash(name);
      const mask = slots.length - 1;
      let slot = a & mask;
      for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
        if (low[found - 1] === a && high[found - 1] === b) return found - 1;
        slot = (slot + 1) & mask;
      }
      const number = size;
      size += 1;
      low = grown(low, size, Uint32Array);
      high = grown(high, size, Uint32Array);
      low[number] = a;
      high[number] = b;
      slots[slot] = size;
      if (4 * size > 3 * slots.length) rehash();
      return number;
    },
  };
}

/** Two numbers of 32 bits that mix each code unit into each other; every step can be undone, so that none loses what came before. */
function hash(name: string, seed = 0x9e3779b9): { a: number; b: number } {
  let a = seed;
  let b = name.length;
  for (let index = 0; index < name.length; index += 1) {
    a = rotate(Math.imul(a ^ name.charCodeAt(index), 0xcc9e2d51), 15);
    b = rotate(Math.imul(b + a, 0x1b873593), 13);
    a += b;
  }
  a = mix(a ^ b);
  b = mix(b + a);
  return { a: a >>> 0, b: b >>> 0 };
}

/** A whole number below 2^53 for a text, told apart by other bits than its number among names. */
export function digest(text: string): number {
  const { a, b } = hash(text, 0x85ebca77);
  return (b & 0x1fffff) * 0x100000000 + a;
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** The end of MurmurHash3: each bit of the word depends on all. */
function mix(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
