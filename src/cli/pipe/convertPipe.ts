import { appendFile } from 'node:fs/promises';
import type { Conversion, Upload } from '../../convert/conversion.js';
import { convertRecord, type RecordOptions } from '../../convert/convertRecord.js';
import { checkAllowed } from '../../convert/losses/forbiddenLosses.js';
import { residueOf } from '../../convert/residueText.js';
import { pipeVersions } from '../../convert/set/pipeVersions.js';
import { recordNames } from '../../convert/set/recordNames.js';
import { withMap } from '../../convert/set/withSet.js';
import type { Line } from '../../read/lines.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { reasonOf } from '../../read/systemError.js';
import { UsageError } from '../../read/usageError.js';
import { findLens } from '../../resources/registry.js';
import { checkReading, type ReadingFlags } from '../conversion/readingFlags.js';
import { print } from '../stdoutFile.js';
import { type Answer, filter } from './filter.js';
import { checkAlone, PIPE } from './flags.js';
import { NO_RECORDS, publicIssues, type RecordAnswer, recordsOfLine, together } from './recordsOfLine.js';

/** Options of `clinik-fhir convert -`. */
export interface ConvertPipeFlags extends ReadingFlags, Pick<RecordOptions, 'allowLoss' | 'residue' | 'to'> {
  requireMapped?: boolean;
  /** Also say what payloads are called and point at. */
  links?: boolean;
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
  threads: '--threads',
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
  const { guide: _, ...reading } = checkReading(flags);
  const { payloadOnly = false, rejects, requireMapped = false, links = false, idMap, ...given } = reading;
  if (rejects !== undefined && !payloadOnly)
    throw new UsageError('--rejects takes what --payload-only leaves out, and needs it.');
  if (links && payloadOnly) throw new UsageError('--links is part of an answer, which --payload-only leaves out.');
  if (requireMapped && idMap === undefined)
    throw new UsageError('--require-mapped says what the id map has to know, and needs --id-map.');
  if (given.allowLoss !== undefined && given.strict !== true)
    throw new UsageError('--allow-loss is an exception to --strict, and needs it.');
  checkAllowed(given.allowLoss ?? []);
  const asked = requireMapped ? { ...given, unmapped: 'refuse' as const } : given;
  const options =
    idMap === undefined ? asked : withMap(asked, await (await import('../../convert/idMapFile.js')).readIdMap(idMap));
  const said = payloadOnly ? bare(options) : full(options, links);
  const setAside =
    rejects === undefined ? (text: string) => print(text, 'standard error') : (text: string) => append(rejects, text);
  // That there is no such folder is said before the first line, not after a million.
  if (rejects !== undefined) await append(rejects, '');
  await filter(said, (lines) => setAside(`${lines.join('\n')}\n`));
}

/** What an earlier process wrote there of other lines stays. */
async function append(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${file}: it cannot be written to (${reasonOf(error)}).`);
  }
}

/** What is said of a record; with `links` also what the order of an upload depends on. */
function answerOf(conversion: Conversion, links: boolean): RecordAnswer {
  if (conversion.kind === 'skipped' || conversion.kind === 'rejected') {
    const said = conversion.kind === 'skipped' ? skipped(conversion) : refused(conversion);
    const { resourceType, id } = conversion.source;
    const names = resourceType === undefined || id === undefined ? [] : [`${resourceType}/${id}`];
    return { ok: false, text: JSON.stringify({ ok: false, ...said, ...(links ? { upload: { names } } : {}) }) };
  }
  if (conversion.kind === 'raw')
    return {
      ok: true,
      text: JSON.stringify({ ok: true, name: conversion.raw.type, issues: publicIssues(conversion.issues) }),
    };
  const { source, name, output, losses, issues, residue, upload, bytes } = conversion;
  const said = {
    ok: true,
    name,
    ...(upload === undefined ? { resource: output } : { payload: output }),
    losses,
    issues: publicIssues(issues),
    ...(links && upload !== undefined ? { upload: linksOf(upload, source.resourceType) } : {}),
  };
  const text = JSON.stringify(said);
  return {
    ok: true,
    text: residue === undefined ? text : `${text.slice(0, -1)},"residue":${residueOf(residue, bytes)}}`,
  };
}

type Skipped = Extract<Conversion, { kind: 'skipped' }>;
type Rejected = Extract<Conversion, { kind: 'rejected' }>;

const skipped = ({ reason, isDeletion }: Skipped): object => ({
  skipped: reason,
  ...(isDeletion === true ? { isDeletion } : {}),
  issues: [],
});

const refused = ({ issues, retracted, source }: Rejected): object => ({
  issues: publicIssues(issues),
  ...(retracted === true ? { retracted: findLens(source.resourceType ?? '')?.path } : {}),
});

/** Elements are called as in the reports of files. */
const linksOf = ({ names, isKnown, links }: Upload, resourceType = ''): object => ({
  names,
  isKnown,
  links: links.map((link) => ({ ...link, element: `${resourceType}.${link.element}` })),
});

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

function full(options: RecordOptions, links: boolean): (line: Line) => Answer {
  const convert = converter(options);
  return (line) => {
    const { records, conversions, isOne } = convert(line);
    const answers = conversions.map((conversion) => answerOf(conversion, links));
    return { out: together(records, answers, isOne), isRefused: conversions.some(isRejected) };
  };
}

/** Of a line with several records the outputs are several lines. */
function bare(options: RecordOptions): (line: Line) => Answer {
  const convert = converter(options);
  return (line) => {
    const { records, conversions } = convert(line);
    const outputs: string[] = [];
    const aside: string[] = [];
    if (records.length === 0) aside.push(`{"line":${line.number},${NO_RECORDS.slice(1)}`);
    for (const [index, conversion] of conversions.entries()) {
      const entry = records[index]?.source.entry;
      const at = JSON.stringify({ line: line.number, ...(entry === undefined ? {} : { entry }) });
      if (conversion.kind === 'converted') outputs.push(JSON.stringify(conversion.output));
      else aside.push(`${at.slice(0, -1)},${answerOf(conversion, false).text.slice(1)}`);
    }
    const out = outputs.length === 0 ? undefined : outputs.join('\n');
    return { out, aside, isRefused: conversions.some(isRejected) };
  };
}
