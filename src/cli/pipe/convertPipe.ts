import { appendFile } from 'node:fs/promises';
import type { Conversion } from '../../convert/conversion.js';
import { convertRecord, type RecordOptions } from '../../convert/convertRecord.js';
import { checkAllowed } from '../../convert/forbiddenLosses.js';
import { pipeVersions } from '../../convert/set/pipeVersions.js';
import { recordNames } from '../../convert/set/recordNames.js';
import { withMap } from '../../convert/set/withSet.js';
import type { Line } from '../../read/lines.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { reasonOf } from '../../read/systemError.js';
import { UsageError } from '../../read/usageError.js';
import { findLens } from '../../resources/registry.js';
import { checkReading, type ReadingFlags } from '../conversion/readingFlags.js';
import { type Answer, filter } from './filter.js';
import { checkAlone } from './flags.js';
import { PIPE, publicIssues, recordsOfLine, together } from './recordsOfLine.js';

/** Options of `clinik-fhir convert -`. */
export interface ConvertPipeFlags extends ReadingFlags, Pick<RecordOptions, 'allowLoss' | 'residue' | 'to'> {
  requireMapped?: boolean;
  /** Only what records became, and nothing of those that were refused. */
  payloadOnly?: boolean;
  /** Where what is said of these goes instead of standard error. */
  rejects?: string;
}

/** Options of `convert` that are about files. */
const OF_FILES = {
  out: '--out',
  include: '--include',
  exclude: '--exclude',
  dryRun: '--dry-run',
  raw: '--raw',
  rawTypes: '--raw-types',
  plan: '--plan',
  splitWaves: '--split-waves',
  fixes: '--fixes',
  maxBody: '--max-body',
  indexLimit: '--index-limit',
  report: '--report',
  force: '--force',
} as const;

/**
 * Converts the lines of standard input, each by itself, and answers each with one: what it became, or why it did not. A line knows of
 * no other one: what it refers to is in its own Bundle, or in the id map.
 * @throws UsageError for options that cannot be; the operating system's error.
 */
export async function convertPipe(
  inputs: readonly string[],
  flags: ConvertPipeFlags & { format?: string },
): Promise<void> {
  checkAlone(inputs, flags, OF_FILES);
  if (flags.format !== undefined && flags.format !== 'ndjson')
    throw new UsageError(`--format ${flags.format} lays out files; - writes lines.`);
  const { payloadOnly = false, rejects, requireMapped = false, idMap, ...given } = checkReading(flags);
  if (rejects !== undefined && !payloadOnly)
    throw new UsageError('--rejects takes what --payload-only leaves out, and needs it.');
  if (requireMapped && idMap === undefined)
    throw new UsageError('--require-mapped says what the id map has to know, and needs --id-map.');
  if (given.allowLoss !== undefined && given.strict !== true)
    throw new UsageError('--allow-loss is an exception to --strict, and needs it.');
  checkAllowed(given.allowLoss ?? []);
  const asked = requireMapped ? { ...given, unmapped: 'refuse' as const } : given;
  const options =
    idMap === undefined ? asked : withMap(asked, await (await import('../../convert/idMapFile.js')).readIdMap(idMap));
  const said = payloadOnly ? bare(options) : full(options);
  await filter(said, async (lines) => {
    const text = `${lines.join('\n')}\n`;
    if (rejects === undefined) process.stderr.write(text);
    // What an earlier process said of other lines stays.
    else
      await appendFile(rejects, text, { mode: 0o600 }).catch((error: unknown) => {
        throw new UsageError(`${rejects}: it cannot be written to (${reasonOf(error)}).`);
      });
  });
}

/** What became of a record, as it is written. */
type Said =
  | { readonly ok: true; readonly name: string; readonly [more: string]: unknown }
  | { readonly ok: false; readonly [more: string]: unknown };

function saidOf(conversion: Conversion): Said {
  if (conversion.kind === 'skipped') {
    const { reason, isDeletion } = conversion;
    return { ok: false, skipped: reason, ...(isDeletion === true ? { isDeletion } : {}), issues: [] };
  }
  if (conversion.kind === 'rejected') {
    const { issues, retracted, source } = conversion;
    const path = findLens(source.resourceType ?? '')?.path;
    return { ok: false, issues: publicIssues(issues), ...(retracted === true ? { retracted: path } : {}) };
  }
  if (conversion.kind === 'raw')
    return { ok: true, name: conversion.raw.type, issues: publicIssues(conversion.issues) };
  const { name, output, losses, issues, residue, upload } = conversion;
  const became = upload === undefined ? { resource: output } : { payload: output };
  return {
    ok: true,
    name,
    ...became,
    losses,
    issues: publicIssues(issues),
    ...(residue === undefined ? {} : { residue }),
  };
}

function converter(options: RecordOptions): (line: Line) => {
  records: readonly RawRecord[];
  conversions: readonly Conversion[];
  isOne: boolean;
} {
  const names = recordNames(options.baseUrl);
  return (line) => {
    const { records, isOne } = recordsOfLine(line, false);
    // Versions of a record stand in one Bundle or list; of other lines nothing is known.
    const fates = isOne ? [] : pipeVersions(names, () => false).fates(PIPE, records);
    const conversions = records.map((record, index) => convertRecord(record, options, options, fates[index]));
    return { records, conversions, isOne };
  };
}

const isRejected = ({ kind }: Conversion): boolean => kind === 'rejected';

function full(options: RecordOptions): (line: Line) => Answer {
  const convert = converter(options);
  return (line) => {
    const { records, conversions, isOne } = convert(line);
    const answers = conversions.map(saidOf);
    return { out: JSON.stringify(together(records, answers, isOne)), isRefused: conversions.some(isRejected) };
  };
}

/** Of a line with several records the outputs are several lines. */
function bare(options: RecordOptions): (line: Line) => Answer {
  const convert = converter(options);
  return (line) => {
    const { records, conversions } = convert(line);
    const outputs: string[] = [];
    const aside: string[] = [];
    for (const [index, conversion] of conversions.entries()) {
      const entry = records[index]?.source.entry;
      const at = { line: line.number, ...(entry === undefined ? {} : { entry }) };
      if (conversion.kind === 'converted') outputs.push(JSON.stringify(conversion.output));
      else aside.push(JSON.stringify({ ...at, ...saidOf(conversion) }));
    }
    const out = outputs.length === 0 ? undefined : outputs.join('\n');
    return { out, aside, isRefused: conversions.some(isRejected) };
  };
}
