/**
 * The SHA-1 of some bytes (FIPS 180-4, 6.1), in pure code: the platforms' own are Node's, or asynchronous. For names only;
 * SHA-1 keeps no secrets.
 * @returns 20 bytes.
 */
export function sha1(message: Uint8Array): Uint8Array {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const padded = pad(message);
  const words = new Uint32Array(80);
  for (let offset = 0; offset < padded.byteLength; offset += 64) addBlock(padded, offset, words, state);
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => {
    digest.setUint32(index * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

/** The message, a one bit, zeros, and the message's length in bits: a multiple of 64 bytes. */
function pad(message: Uint8Array): DataView {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(padded.length - 4, message.length << 3);
  return view;
}

function addBlock(message: DataView, offset: number, words: Uint32Array, state: Uint32Array): void {
  for (let t = 0; t < 16; t += 1) words[t] = message.getUint32(offset + t * 4);
  for (let t = 16; t < 80; t += 1) {
    words[t] = rotate(at(words, t - 3) ^ at(words, t - 8) ^ at(words, t - 14) ^ at(words, t - 16), 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t += 1) {
    const next = (rotate(a, 5) + round(t, b, c, d) + e + at(words, t)) | 0;
    [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
  }
  for (const [index, word] of [a, b, c, d, e].entries()) state[index] = at(state, index) + word;
}

function round(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

const at = (words: Uint32Array, index: number): number => words[index] ?? 0;
