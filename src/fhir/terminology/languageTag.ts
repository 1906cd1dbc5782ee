import { remembering } from './remembering.js';
import type { Table } from './table.js';

/** The subtags of IANA's registry, in lower case. */
interface Registry {
  isLanguage(subtag: string): boolean;
  /** The languages of three letters that may follow another one. */
  readonly extensions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly scripts: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  readonly variants: ReadonlySet<string>;
  /** Whole tags that follow no grammar. */
  readonly grandfathered: ReadonlySet<string>;
}

/** The test of a language tag: it follows the grammar of BCP 47, and IANA's registry has its subtags (https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9). */
export function languageTest(table: Table): (tag: string) => boolean {
  const registry = registryOf(table);
  return remembering((tag) => isValid(tag.toLowerCase(), registry));
}

function registryOf(table: Table): Registry {
  const words = (name: string): string[] => (table[name] ?? '').split(' ');
  // A language of two letters is the group of those of three that begin with it: `aa-bc` for aa, aab and aac.
  const languages = new Map(words('language').map((group) => [group.slice(0, 2), group.slice(2)]));
  return {
    isLanguage: (subtag) =>
      (subtag.length === 2 || subtag.length === 3) &&
      (languages.get(subtag.slice(0, 2))?.includes(subtag.slice(2) || '-') ?? false),
    extensions: new Map(
      words('extlang').map((group) => {
        const [language = '', subtags = ''] = group.split(':');
        return [language, new Set(subtags.split(','))];
      }),
    ),
    scripts: new Set(words('script')),
    regions: new Set(words('region')),
    variants: new Set(words('variant')),
    grandfathered: new Set(words('grandfathered')),
  };
}

const SUBTAG = /^[a-z0-9]{1,8}$/;

function isValid(tag: string, registry: Registry): boolean {
  if (registry.grandfathered.has(tag)) return true;
  const subtags = tag.split('-');
  if (!subtags.every((subtag) => SUBTAG.test(subtag))) return false;
  const [language = ''] = subtags;
  if (language === 'x') return subtags.length > 1;
  if (!registry.isLanguage(language)) return false;
  let at = 1;
  if (registry.extensions.get(language)?.has(subtags[at] ?? '')) at += 1;
  if (registry.scripts.has(subtags[at] ?? '')) at += 1;
  if (registry.regions.has(subtags[at] ?? '')) at += 1;
  const variants = new Set<string>();
  for (let variant = subtags[at]; variant !== undefined && registry.variants.has(variant); variant = subtags[at]) {
    if (variants.has(variant)) return false;
    variants.add(variant);
    at += 1;
  }
  return areExtensions(subtags.slice(at));
}

/** True for extensions, each a letter or digit of its own and what follows it, and then what people agreed on among themselves, after `x`. */
function areExtensions(subtags: readonly string[]): boolean {
  const singletons = new Set<string>();
  let since = 1;
  for (const [at, subtag] of subtags.entries()) {
    if (subtag.length > 1 && singletons.size > 0) {
      since += 1;
      continue;
    }
    if (subtag.length > 1 || singletons.has(subtag) || since === 0) return false;
    if (subtag === 'x') return at < subtags.length - 1;
    singletons.add(subtag);
    since = 0;
  }
  return since > 0;
}
