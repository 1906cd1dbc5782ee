import type { Issue } from '../../lens/issue.js';
import type { Exports } from '../inputs.js';
import { printable } from '../printable.js';
import type { ExportFile } from './bulkExport.js';

/** Compares bulk exports with what their manifests say, while their files are read. */
export interface ExportFaults {
  /** By manifest, an issue for each file that it lists and that is not there. */
  missing(): { readonly path: string; readonly issues: readonly Issue[] }[];
  /** True for a file of an export. */
  isCounted(path: string): boolean;
  /** Takes the number of records of a file, if it could be read to its end; an issue where there are fewer than the manifest says. */
  counted(path: string, records: number | undefined): Issue | undefined;
}

/** The same for what has no exports. */
export function exportFaults({ all, counted }: Exports = { all: [], counted: new Map() }): ExportFaults {
  const listed = new Map<string, ExportFile>();
  for (const { files } of all)
    for (const file of files) if (typeof file.found === 'object') listed.set(file.found.path, file);
  return {
    missing: () =>
      all
        .map(({ path, files }) => ({ path, issues: files.filter(({ found }) => found === undefined).map(absent) }))
        .filter(({ issues }) => issues.length > 0),
    isCounted: (path) => listed.has(path),
    counted(path, records) {
      const file = listed.get(path);
      if (file === undefined || records === undefined) return undefined;
      counted.set(path, records);
      return file.count === undefined || records >= file.count ? undefined : short(records, file.count);
    },
  };
}

function absent({ names: [name = ''], list }: ExportFile): Issue {
  return issue(
    'export-file-missing',
    `This manifest of a bulk export lists a file under ${list} that is not in the input: ${printable(name)}.`,
  );
}

function short(records: number, count: number): Issue {
  return issue(
    'export-count-short',
    `It holds fewer records than the manifest of its bulk export says: ${records} of ${count}.`,
  );
}

function issue(id: string, diagnostics: string): Issue {
  return { severity: 'error', code: 'incomplete', id, expression: [], diagnostics };
}
