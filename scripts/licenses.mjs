import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the licenses of the copied packages ask for: their text. */
export function licenses(files) {
  const names = files.flatMap((file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  const texts = [...new Set(names)].sort().map((name) => {
    const file = licenseOf(name);
    return `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  return `Parts of these packages stand in this folder.\n\n${texts.join('\n\n')}`;
}

/** The file of a package's license: its own, or for those that come without one, ours. */
function licenseOf(name) {
  const folder = join('node_modules', name);
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const file = own === undefined ? join('scripts', 'licenses', `${basename(name)}.txt`) : join(folder, own);
  if (!existsSync(file)) throw new Error(`${name} has no file of its license.`);
  return file;
}
