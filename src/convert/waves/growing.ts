type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The array, or a copy of twice its length where it has no place for `size` numbers. */
export function grown<A extends Numbers>(array: A, size: number, make: new (length: number) => A): A {
  if (size <= array.length) return array;
  const larger = new make(Math.max(size, 2 * array.length));
  larger.set(array);
  return larger;
}
