/** Ids that have a new name, by the old one, which configs, ignores and baselines may have until 1.0. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['code-from-other-system', 'code-mapped'],
  ['date-partial-left-out', 'date-partial-omitted'],
  ['document-entry-stray', 'document-entry-unreferenced'],
  ['issues-cut', 'issues-truncated'],
  ['narrative-not-holdable', 'narrative-invalid-character'],
  ['required-unreadable', 'required-missing'],
  ['status-without-twin', 'status-unsupported'],
  ['text-not-holdable', 'text-invalid-character'],
  ['update-field-passed-over', 'update-field-ignored'],
  ['update-subfield-unsendable', 'update-subfield-unsupported'],
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
