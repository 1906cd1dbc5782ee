import { stat } from 'node:fs/promises';

/** What a path leads to, under whatever names: a file or folder of a device. Its real path would not do, for a pipe (`<(zcat …)`) has none. */
export async function identityOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}
