/**
 * Where a rule of the catalogue is explained: an anchor of docs/rules.md.
 * @param page the project's page on a server that shows its files, `https://github.com/owner/name`; without one the link is
 * relative to the root of the package, which brings docs/ along.
 */
export function helpLink(rule: string, page?: string): string {
  const link = `docs/rules.md#${rule.toLowerCase()}`;
  return page === undefined ? link : `${page.replace(/\/+$/, '')}/blob/HEAD/${link}`;
}
