import type { Conversion } from '../convert/conversion.js';
import { convertInputs } from '../convert/conversionStream.js';
import { flagsOf } from '../convert/options/flags.js';
import { openSet, type SetRun } from '../convert/set/openSet.js';
import { type Issue, isFailure } from '../lens/issue.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { FolderOptions } from '../read/folder/patterns.js';
import { parseJson } from '../read/parseJson.js';
import { printable } from '../read/printable.js';
import { UsageError } from '../read/usageError.js';
import { remedyOf } from '../report/remedy.js';
import { findLens } from '../resources/registry.js';
import { checkReading, type ReadingFlags } from './conversion/readingFlags.js';
import { pointed } from './conversion/rejections.js';
import { EXIT, interruption } from './exit.js';
import { checkShowValues, surroundings } from './findings/showValues.js';
import { mapLine } from './inspection/mapLine.js';
import { inspectionPage, type PageOptions } from './inspection/page.js';
import { groupsOf } from './inspection/placesOf.js';
import { type Selector, selectorOf } from './inspection/selector.js';
import { print } from './stdoutFile.js';
import { paint } from './style.js';
import { wrap } from './wrap.js';

/** Options of `clinik-fhir inspect`. */
export interface InspectFlags extends ReadingFlags, FolderOptions {
  showValues?: boolean;
}

/**
 * Prints one record beside what it becomes, and sets the exit code: 1 where it is rejected.
 * @throws UsageError for inputs and options that cannot be, and where no record, or more than one, is meant.
 */
export async function runInspect(
  inputs: readonly string[],
  { showValues = false, ...flags }: InspectFlags,
): Promise<void> {
  const { guide: _, ...reading } = checkReading(flags);
  if (showValues) checkShowValues([{ format: 'text' }], await surroundings());
  const { files, selector } = selectorOf(inputs);
  const conversion = await find({ ...reading, inputs: files, residue: true, signal: interruption() }, selector);
  const options = { width: process.stdout.columns || 100, paint: paint(process.stdout), values: showValues };
  await print(`${pageOf(conversion, options).join('\n')}\n`);
  if (conversion.kind === 'rejected') process.exitCode = EXIT.rejected;
}

/** The record that is meant: of several versions the one that is converted or rejected. */
async function find(run: SetRun, selector: Selector): Promise<Conversion> {
  const set = await openSet(run);
  const found: Conversion[] = [];
  for await (const conversion of convertInputs(set.found, set.options, set)) {
    if (conversion.kind === 'unreadable') {
      if (conversion.isSystem) throw new UsageError(`${conversion.source.file}: ${conversion.issue.diagnostics}`);
      continue;
    }
    if (!selector.isMeant(conversion.source)) continue;
    found.push(conversion);
    if (selector.isUnique && conversion.kind !== 'skipped') break;
  }
  const [first, ...others] = found;
  if (first === undefined) throw new UsageError(selector.missing);
  if (!selector.isUnique && others.length > 0) throw new UsageError(selector.several(found.length));
  return found.find(({ kind }) => kind !== 'skipped') ?? first;
}

function pageOf(conversion: Conversion, options: PageOptions): string[] {
  const { source, kind } = conversion;
  const { bold, good, bad, warn } = options.paint;
  const { file, line, entry, resourceType = 'record of unknown type' } = source;
  const where = `${printable(file)}:${line}${entry === undefined ? '' : `, entry ${entry}`}`;
  const word = {
    converted: good('converted'),
    raw: good('sent as it is'),
    rejected: bad('REJECTED'),
    skipped: warn('skipped'),
  }[kind];
  const head = [`${bold(where)}  ${resourceType}  ${word}`, ''];
  if (conversion.kind === 'skipped') return [...head, ...wrap(SKIPPED[conversion.reason], options.width)];
  const map = mapLine(conversion, options);
  if (conversion.kind === 'rejected' || conversion.kind === 'raw')
    return [...head, ...issueLines(conversion.issues, options), ...map];
  const pair = pairOf(conversion);
  const groups =
    pair === undefined ? [] : groupsOf({ ...pair, losses: conversion.losses, residue: conversion.residue ?? [] });
  const issues = issueLines(conversion.issues, options);
  return [...head, ...inspectionPage(groups, options), ...map, ...(issues.length === 0 ? [] : ['', ...issues])];
}

const SKIPPED = {
  'other-type': 'There is no mapping for records of this type yet.',
  'no-resource': 'The entry of the Bundle holds no resource.',
  'older-version': 'There is a newer version of this record.',
  copy: 'It is a copy of another record.',
  'same-form': 'It is in the form already that --to asks for.',
  waiting: 'It waits for the ids of records that are sent before it.',
} as const;

/** The resource and the payload, whichever of them was read. */
function pairOf({ bytes, ...conversion }: Extract<Conversion, { kind: 'converted' }>) {
  const lens = findLens(conversion.name);
  const text = bytes();
  const parsed = Buffer.isBuffer(text) ? parseJson(text) : undefined;
  const came = parsed !== undefined && 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
  const made: JsonObject = { ...conversion.output };
  if (lens === undefined || came === undefined) return undefined;
  const [resource, payload] = conversion.upload === undefined ? [made, came] : [came, made];
  return { resourceType: lens.resourceType, resource, payload, fields: lens.fields };
}

function issueLines(issues: readonly Issue[], { width, paint: { bad, warn, dim } }: PageOptions): string[] {
  return issues.flatMap((issue) => {
    const { id, severity, diagnostics, expression } = issue;
    const isError = isFailure(issue);
    const word = isError ? 'error' : severity === 'warning' ? 'warning' : 'note';
    const colour = isError ? bad : severity === 'warning' ? warn : dim;
    const places = expression.length === 0 ? '' : ` At ${expression.join(', ')}.`;
    const fix = isError ? remedyOf(id) : undefined;
    return [
      ...wrap(`${word}  ${id}: ${diagnostics}${places}`, width).map(colour),
      ...[...(fix === undefined ? [] : [fix]), ...flagsOf(issue)]
        .flatMap((one) => pointed(one, width - 2))
        .map((line) => `  ${line}`),
    ];
  });
}
