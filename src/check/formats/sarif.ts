import type { Severity } from '../../lens/issue.js';
import type { JsonObject } from '../../lens/json.js';
import { printableJson } from '../../read/printable.js';
import type { Finding, FindingWriter } from '../finding.js';
import { type FormatOptions, helpOf } from './formatOptions.js';
import { artifactLocation, BASE } from './uri.js';

type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<Severity, Level>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  information: 'note',
};
const WORST_FIRST: readonly Level[] = ['error', 'warning', 'note'];

/** A rule that has occurred: its place among `rules`, and the worst level that it occurred with. */
interface Occurred {
  readonly index: number;
  level: Level;
}

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). The rules stand after the results, so that
 * only they have to be remembered. No result holds an id or a line of a record, for the file is made to be uploaded.
 */
export function sarif(options: Pick<FormatOptions, 'version' | 'page' | 'hasBaseline' | 'describe'>): FindingWriter {
  const rules = new Map<string, Occurred>();
  let separator = '\n';
  return {
    begin: () => `${HEAD.slice(0, -1)},"runs":[{"columnKind":"utf16CodeUnits","results":[`,
    add(finding) {
      const text = `${separator}${printableJson(result(finding, occurred(rules, finding), options.hasBaseline))}`;
      separator = ',\n';
      return text;
    },
    end() {
      const driver = {
        name: 'clinik-fhir',
        version: options.version,
        informationUri: options.page,
        rules: [...rules].map(([id, { level }]) => reportingDescriptor(id, level, options)),
      };
      return `\n],"originalUriBaseIds":${JSON.stringify(BASES)},"tool":${printableJson({ driver })}}]}\n`;
    },
  };
}

const HEAD = JSON.stringify({
  $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
  version: '2.1.0',
});

/** Without its `uri`, which would name a folder of the machine. */
const BASES = { [BASE]: { description: { text: 'The folder that clinik-fhir was run in.' } } };

function occurred(rules: Map<string, Occurred>, { rule, severity }: Finding): Occurred {
  const level = LEVELS[severity];
  const before = rules.get(rule);
  if (before === undefined) {
    const first = { index: rules.size, level };
    rules.set(rule, first);
    return first;
  }
  if (WORST_FIRST.indexOf(level) < WORST_FIRST.indexOf(before.level)) before.level = level;
  return before;
}

function result(finding: Finding, { index }: Occurred, hasBaseline: boolean): JsonObject {
  const { rule, severity, message, source, expression, region, fingerprint, state, reason } = finding;
  const { line, column, endLine, endColumn } = region;
  return {
    ruleId: rule,
    ruleIndex: index,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(source.file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
        logicalLocations: expression === undefined ? undefined : [{ fullyQualifiedName: expression, kind: 'element' }],
      },
    ],
    partialFingerprints: { 'clinikFhir/v1': fingerprint },
    // Whether an ignored one is in the baseline was not asked.
    baselineState: hasBaseline && state !== 'ignored' ? (state === 'new' ? 'new' : 'unchanged') : undefined,
    suppressions: state === 'ignored' ? [{ kind: 'external', justification: reason }] : undefined,
  };
}

function reportingDescriptor(id: string, level: Level, options: Pick<FormatOptions, 'page' | 'describe'>): JsonObject {
  const described = options.describe(id);
  const help = helpOf(id, options);
  return {
    id,
    shortDescription: described && { text: described.title },
    fullDescription: described && { text: described.text },
    // SARIF takes absolute links only here (3.49.12); a viewer resolves a relative one in Markdown, if any does.
    helpUri: options.page === undefined ? undefined : help,
    help: described && { text: `${described.text}\n${help}`, markdown: `${described.text}\n\n[${id}](${help})` },
    defaultConfiguration: { level },
  };
}
