/** Ids that have a new name, by the old one, which configs, ignores and baselines may have until 1.0. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['code-mapped', 'code-mapped'],
  ['date-partial-omitted', 'date-partial-omitted'],
  ['document-entry-unreferenced', 'document-entry-unreferenced'],
  ['issues-truncated', 'issues-truncated'],
  ['narrative-invalid-character', 'narrative-invalid-character'],
  ['required-missing', 'required-missing'],
  ['status-unsupported', 'status-unsupported'],
  ['text-invalid-character', 'text-invalid-character'],
  ['update-field-ignored', 'update-field-ignored'],
  ['update-subfield-unsupported', 'update-subfield-unsupported'],
]);

const FORMER: ReadonlyMap<string, string> = new Map([...RENAMED].map(([former, id]) => [id, former]));

/** The id that was renamed to this one, or the id itself. */
export function formerId(id: string): string {
  return FORMER.get(id) ?? id;
}

/** The id of today for an id of today or an old one. */
export function currentId(id: string): string {
  return RENAMED.get(id) ?? id;
}

/** The old ids that are meant by any of `rules`: ids, or the beginnings of some with a `*`, that no new name begins with. */
export function formerIdsIn(rules: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const rule of rules) {
    const isMeant = (id: string): boolean => (rule.endsWith('*') ? id.startsWith(rule.slice(0, -1)) : id === rule);
    for (const [former, id] of RENAMED) if (isMeant(former) && !isMeant(id)) found.add(former);
  }
  return [...found];
}
