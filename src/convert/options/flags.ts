import { FILL_PATHS } from '../../fhir/scope.js';
import type { Issue } from '../../lens/issue.js';
import { findLens } from '../../resources/registry.js';

/** What the command line calls the options that `Issue.options` names. */
const FLAGS: { readonly [option: string]: string } = {
  overflow: '--overflow truncate',
  partialDates: '--partial-dates keep',
  missingText: '--missing-text say',
  securityLabels: '--security-labels accept',
  resolveId: '--id-map FILE',
  baseUrl: '--base-url URL',
  maxBody: '--max-body BYTES',
  resource: '--resource PATH',
};

/** The option that would let a record pass, as it is written on the command line. `path` is a location without indexes. */
export function flagOf(option: string, path: string): string {
  if (option === 'fill') return `--fill ${fillAt(path)}`;
  if (option === 'allowLoss') return `--allow-loss ${path}`;
  return FLAGS[option] ?? option;
}

const VALUES: { readonly [key: string]: string } = { practitionerId: 'ID', class: 'CODE' };

/** What `--fill` takes for an element: `documents.practitionerId=ID` for `Composition.author`. */
function fillAt(path: string): string {
  const [type = '', ...element] = path.split('.');
  const lens = findLens(type);
  const keys = lens?.fields.filter((row) => row.element === element.join('.')).map(({ payload }) => payload) ?? [];
  const key = keys.find((one) => FILL_PATHS.some((known) => known === `${lens?.path}.${one}`)) ?? '';
  return `${lens?.path}.${key}=${VALUES[key] ?? 'TEXT'}`;
}

/** The first location of an issue, without indexes; empty where it is about the record as a whole. */
export function pathOf({ expression: [first = ''] }: Pick<Issue, 'expression'>): string {
  return first.replace(/\[\d+\]/g, '');
}

/** The options that would let a record pass in spite of an issue, as they are written on the command line. */
export function flagsOf(issue: Issue): string[] {
  return (issue.options ?? []).map((option) => flagOf(option, pathOf(issue)));
}
