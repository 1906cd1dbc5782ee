type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The array, or a copy of half as much again where it has no place for `size` numbers. */
export function grown<A extends Numbers>(array: A, size: number, make: new (length: number) => A): A {
  if (size <= array.length) return array;
  const larger = new make(Math.max(size, Math.ceil(1.5 * array.length)));
  larger.set(array);
  return larger;
}
