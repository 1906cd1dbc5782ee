// What other organisations publish, out of packages that follow them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iso31661, iso31663 } from 'iso-3166';

const read = (...path: string[]) => JSON.parse(readFileSync(join('node_modules', ...path), 'utf8'));

interface Subtag {
  readonly Type: string;
  readonly Subtag?: string;
  readonly Tag?: string;
  readonly Prefix?: readonly string[];
}

/** The subtags of IANA's registry (https://www.rfc-editor.org/rfc/rfc5646#section-3), in lower case, one text a kind. */
export function languages(): Record<string, string> {
  const registry: readonly Subtag[] = read('language-subtag-registry', 'data', 'json', 'registry.json');
  const of = (type: string): string[] =>
    registry.filter(({ Type }) => Type === type).flatMap(({ Subtag = '', Tag = Subtag }) => range(Tag.toLowerCase()));
  const extended = new Map<string, string[]>();
  for (const { Type, Subtag = '', Prefix = [] } of registry) {
    if (Type === 'extlang')
      for (const prefix of Prefix) extended.set(prefix, [...(extended.get(prefix) ?? []), Subtag]);
  }
  return {
    language: grouped(of('language')),
    extlang: [...extended].map(([prefix, tags]) => `${prefix}:${tags.join(',')}`).join(' '),
    script: of('script').join(' '),
    region: of('region').join(' '),
    variant: of('variant').join(' '),
    grandfathered: of('grandfathered').join(' '),
  };
}

/** `qaa..qtz` as all that it stands for. */
function range(subtag: string): string[] {
  const [first = '', last] = subtag.split('..');
  if (last === undefined) return [first];
  const all: string[] = [];
  for (let one = first; ; one = next(one)) {
    all.push(one);
    if (one === last) return all;
  }
}

/** The next word of as many letters: `qaz`, `qba`. */
function next(word: string): string {
  const head = word.slice(0, -1);
  return word.endsWith('z') ? `${next(head)}a` : head + String.fromCharCode(word.charCodeAt(head.length) + 1);
}

/** By the first two letters, the third ones, and `-` where the two are a language, too: `aa aab aac` as `aa-bc`. */
function grouped(tags: readonly string[]): string {
  const groups = new Map<string, string>();
  for (const tag of tags) {
    if (tag.length > 3) throw new Error('a language has more letters than three');
    const head = tag.slice(0, 2);
    groups.set(head, (groups.get(head) ?? '') + (tag.slice(2) || '-'));
  }
  return [...groups].map(([head, ends]) => `${head}${ends}`).join(' ');
}

/** The codes of countries, today's and former ones (https://www.iso.org/iso-3166-country-codes.html). */
export function countries(): Record<string, string> {
  const all = [...iso31661, ...iso31663.map(({ from }) => from)];
  const of = (codes: readonly (string | undefined)[]): string =>
    [...new Set(codes.flatMap((code) => (code === undefined ? [] : [code])))].sort().join(' ');
  return {
    notice: 'From iso-3166 4.4.0, MIT License, copyright (c) Titus Wormer.',
    alpha2: of(all.map(({ alpha2 }) => alpha2)),
    alpha3: of(all.map(({ alpha3 }) => alpha3)),
    numeric: of(all.map(({ numeric }) => numeric)),
  };
}

interface Columns {
  readonly config: readonly (string | readonly string[])[];
  readonly data: readonly (readonly unknown[])[];
}

/** The prefixes and the units without a prefix of UCUM (https://ucum.org/ucum#section-Tables-of-Terminal-Symbols). */
export function units(): Record<string, string> {
  const { prefixes, units: all }: Record<'prefixes' | 'units', Columns> = read(
    '@lhncbc',
    'ucum-lhc',
    'data',
    'ucumDefs.min.json',
  );
  const own = rows(all).filter(({ source_ }) => source_ === 'UCUM');
  const symbols = (some: readonly Record<string, unknown>[], name: string): string =>
    some.map((row) => String(row[name])).join(' ');
  const isMetric = ({ isBase_, isMetric_ }: Record<string, unknown>): boolean => isBase_ === true || isMetric_ === true;
  return {
    notice: NOTICE,
    prefix: symbols(rows(prefixes), 'code_'),
    metric: symbols(own.filter(isMetric), 'csCode_'),
    other: symbols(
      own.filter((row) => !isMetric(row)),
      'csCode_',
    ),
  };
}

/** What UCUM's licence asks for. */
const NOTICE =
  'This product includes all or a portion of the UCUM table, UCUM codes, and UCUM definitions or is derived from it, subject to a license from Regenstrief Institute, Inc. and The UCUM Organization. Your use of the UCUM table, UCUM codes, UCUM definitions also is subject to this license, a copy of which is available at https://ucum.org. The UCUM table and UCUM codes are copyright © Regenstrief Institute, Inc. and the UCUM Organization. All rights reserved. THE UCUM TABLE (IN ALL FORMATS), UCUM DEFINITIONS, AND SPECIFICATION ARE PROVIDED "AS IS." ANY EXPRESS OR IMPLIED WARRANTIES ARE DISCLAIMED, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE.';

function rows({ config, data }: Columns): Record<string, unknown>[] {
  const names = config.map((name) => (typeof name === 'string' ? name : (name[0] ?? '')));
  return data.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}
