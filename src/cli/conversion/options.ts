import type { RunFacts } from '../../report/runFacts.js';

/** What the command line gives where nothing was asked for. */
const DEFAULTS: { readonly [name: string]: unknown } = {
  format: 'ndjson',
  overflow: 'refuse',
  missingText: 'say',
  partialDates: 'omit',
  labTime: 'effective',
  edition: 'icd-10-cm',
  securityLabels: 'refuse',
};

/** The options of a run that differ from the defaults, in the order of their names: of lists, how long they are. */
export function optionsOf(flags: object): RunFacts['options'] {
  const entries = Object.entries(flags).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, string | number | boolean][] => {
      // A run makes the same with any number of threads.
      if (name === 'threads') return [];
      if (value === undefined || value === false || value === DEFAULTS[name]) return [];
      if (Array.isArray(value)) return [[name, value.length]];
      return typeof value === 'string' || typeof value === 'number' || value === true ? [[name, value]] : [];
    }),
  );
}
