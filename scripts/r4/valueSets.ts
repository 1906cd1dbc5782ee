import {
  type Binding,
  codeSystems,
  type Expansion,
  excludingValueSets,
  expansions,
  valueSetCompositions,
  valueSetNames,
} from './source.js';

/** The codes of a value set by system, parted by `|`; null for a system whose codes nobody can list. */
type Codes = Record<string, string | null>;

/** Collects the value sets that required and extensible bindings name. */
export class ValueSets {
  /** One row a value set: its address, its codes and its name. */
  readonly rows: [url: string, codes: Codes, name: string][] = [];
  readonly #index = new Map<string, number>();
  readonly #expansions = expansions();
  readonly #compositions = valueSetCompositions();
  readonly #codeSystems = codeSystems();
  readonly #names = valueSetNames();
  readonly #excluding = excludingValueSets();

  /** Twice the row of a binding's value set, and one more where it is extensible; undefined for weaker bindings. */
  bindingOf({ strength, valueSet }: Binding): number | undefined {
    if (valueSet === undefined || (strength !== 'required' && strength !== 'extensible')) return undefined;
    return this.#rowOf(valueSet.replace(/\|.*$/, '')) * 2 + (strength === 'extensible' ? 1 : 0);
  }

  /**
   * The same for a code whose binding names the set that no code may be outside of, however weak it is
   * (https://hl7.org/fhir/R4/extension-elementdefinition-maxvalueset.html).
   */
  largestOf(binding: Binding): number | undefined {
    const largest = binding.extension?.find(({ url }) =>
      url.endsWith('/elementdefinition-maxValueSet'),
    )?.valueCanonical;
    if (largest === undefined || !this.#compositions.has(largest)) return this.bindingOf(binding);
    return this.bindingOf({ strength: 'required', valueSet: largest });
  }

  #rowOf(url: string): number {
    const before = this.#index.get(url);
    if (before !== undefined) return before;
    this.#index.set(url, this.rows.length);
    return this.rows.push([url, this.#codesOf(url), this.#names.get(url) ?? lastOf(url)]) - 1;
  }

  /** The other value sets of R4 whose codes can be listed, by their addresses: their codes and names. */
  others(): Readonly<Record<string, string>> {
    const urls = [...this.#names.keys()].filter(
      (url) => url.startsWith('http://hl7.org/fhir/') && !this.#index.has(url),
    );
    return Object.fromEntries(
      urls
        .filter((url) => this.#isListed(url))
        .sort()
        .map((url) => [url, JSON.stringify([this.#codesOf(url), this.#names.get(url)])]),
    );
  }

  /** True where all codes of a set, or its whole systems, are known; what others filter out of their systems changes with these. */
  #isListed(url: string): boolean {
    const expansion = this.#expansions.get(url);
    if (expansion?.closed && Object.keys(expanded(expansion)).every(isOfHl7)) return true;
    const parts = this.#compositions.get(url) ?? [];
    const isPlain = parts.every(
      ({ system, filter, valueSet }) => system !== undefined && filter === undefined && valueSet === undefined,
    );
    return parts.length > 0 && isPlain && !this.#excluding.has(url);
  }

  #codesOf(url: string): Codes {
    const expansion = this.#expansions.get(url);
    return expansion?.closed ? expanded(expansion) : this.#composed(url);
  }

  /** What can be said of a set without an expansion: its systems, with the codes of those that are complete. */
  #composed(url: string): Codes {
    const codes: Codes = {};
    for (const { system, concept, filter, valueSet } of this.#compositions.get(url) ?? []) {
      if (system === undefined || valueSet !== undefined) continue;
      const all =
        filter === undefined
          ? (concept?.map(({ code }) => code) ?? this.#codeSystems.get(system)?.concepts.map(({ code }) => code))
          : undefined;
      codes[system] = all === undefined ? null : join(all);
    }
    return codes;
  }
}

const isOfHl7 = (system: string): boolean => /^http:\/\/(?:terminology\.hl7\.org|hl7\.org\/fhir)\//.test(system);

/** What an address without a definition ends with. */
const lastOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

function expanded({ contains }: Expansion): Codes {
  const codes = new Map<string, string[]>();
  const collect = (items: Expansion['contains']): void => {
    for (const { system, code, abstract, contains: below } of items) {
      if (system !== undefined && code !== undefined && abstract !== true) {
        const before = codes.get(system);
        if (before === undefined) codes.set(system, [code]);
        else before.push(code);
      }
      collect(below ?? []);
    }
  };
  collect(contains);
  return Object.fromEntries([...codes].map(([system, all]) => [system, join(all)]));
}

function join(codes: readonly string[]): string {
  if (codes.some((code) => code.includes('|'))) throw new Error('a code holds the mark that parts codes');
  return codes.join('|');
}
