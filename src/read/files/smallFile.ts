import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The bytes of a regular file that had `size` of them when it was found, and one more where it has grown.
 * @throws the operating system's error.
 */
export function readSmall(path: string, size: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(size + 1);
    let read = 0;
    let more: number;
    do {
      more = readSync(file, bytes, read, bytes.length - read, read);
      read += more;
    } while (more > 0 && read < bytes.length);
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
