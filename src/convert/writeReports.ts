import { operationOutcome } from '../fhir/outcome.js';
import { PATHS } from '../fhir/references/identity.js';
import { isGzip } from '../read/gzip.js';
import type { FileFailure } from '../read/inputBatches.js';
import { type Bytes, isBracket } from '../read/jsonValues.js';
import type { Fix } from '../read/recordsOfValue.js';
import {
  FIXES,
  fixedFile,
  LOSSES,
  REJECTS,
  RESIDUES,
  RETRACTIONS,
  rawFile,
  recordFile,
  rejectedDocument,
  rejectedFile,
  SOURCES,
} from '../read/runFiles.js';
import type { Source } from '../read/source.js';
import { alikeLines } from './alikeLines.js';
import type { Conversion, RawCopy } from './conversion.js';
import type { Filed, FiledOutput } from './filed.js';
import type { At } from './layout/layOut.js';
import { lossTexts } from './losses/lossLines.js';
import type { Outputs } from './outputFolder.js';

/** Writes what became of each record into the files of a run. */
export interface Reports {
  /** Await it before the next one. */
  add(conversion: Filed | FileFailure): Promise<void> | undefined;
  /** After the last one. */
  end(): Promise<void>;
}

/** How a run reports. */
export interface ReportOptions {
  /** Write reports only: no outputs, no rejected records, no residues. */
  readonly dryRun: boolean;
}

/** The reports of a run, in its output folder. */
export function reports(outputs: Outputs, { dryRun }: ReportOptions): Reports {
  /** Lines by file; of a dry run those that would have been written. */
  const lines = new Map<string, number>();
  let documents = 0;

  const reportText = async (file: string, text: string): Promise<void> => {
    const adding = outputs.lines(file, `${text}\n`, 1);
    if (adding !== undefined) await adding;
  };
  const report = (file: string, value: object): Promise<void> => reportText(file, JSON.stringify(value));
  const alike = alikeLines(reportText);
  const lossesOf = lossTexts();
  const textOf = sourceTexts();
  const write = async (file: string, bytes: () => Bytes): Promise<At> => {
    const line = (lines.get(file) ?? 0) + 1;
    lines.set(file, line);
    if (dryRun) return { file, line };
    const adding = outputs.line(file, bytes());
    if (adding !== undefined) await adding;
    return { file, line };
  };
  const writeLine = async (file: string, text: () => Buffer | string): Promise<At> => {
    const line = (lines.get(file) ?? 0) + 1;
    lines.set(file, line);
    const adding = dryRun ? undefined : outputs.lines(file, text(), 1);
    if (adding !== undefined) await adding;
    return { file, line };
  };
  const keep = async ({ keptIn, isDocument }: Rejected, bytes: () => Bytes): Promise<At> => {
    if (isDocument) documents += 1;
    const file = isDocument ? rejectedDocument(keptIn, documents) : rejectedFile(keptIn);
    if (!lines.has(file) && misleads(bytes(), isDocument)) await write(file, () => NOTHING);
    return write(file, bytes);
  };
  const fixes = new Map<Fix, At>();
  /** Where the text of a fix stands, which may be that of several records. */
  const fixed = async (fix: Fix, kept?: At): Promise<At> => {
    const at = fixes.get(fix) ?? kept ?? (await write(fixedFile(fix.keptIn), () => fix.bytes));
    if (!fixes.has(fix)) await report(FIXES, { fixed: at, source: fix.of });
    fixes.set(fix, at);
    return at;
  };
  const fixedAt = async ({ fix }: Pick<Conversion, 'fix'>): Promise<{ fixed?: At }> =>
    fix === undefined ? {} : { fixed: await fixed(fix) };
  const send = async (raw: RawCopy | undefined): Promise<{ raw?: At }> =>
    raw === undefined ? {} : { raw: await write(rawFile(raw.type), raw.bytes) };

  /** What most records become, in as few steps as there can be. */
  const addConverted = (conversion: FiledOutput): Promise<void> | undefined => {
    const { source, losses, residue, name } = conversion;
    const file = recordFile(name);
    const line = (lines.get(file) ?? 0) + 1;
    lines.set(file, line);
    const from = textOf(source);
    const said = losses.length === 0 ? undefined : lossesOf(from, losses);
    const adding = [
      dryRun ? undefined : outputs.lines(file, conversion.line(), 1),
      outputs.lines(SOURCES, `{"source":${from},"output":{"file":"${file}","line":${line}}}\n`, 1),
      said && outputs.lines(LOSSES, said.text, said.lines),
      residue === undefined || dryRun
        ? undefined
        : outputs.lines(RESIDUES, residueLine(source, residue(), { file, line }), 1),
    ].filter((one) => one !== undefined);
    return adding.length === 0 ? undefined : Promise.all(adding).then(() => undefined);
  };

  const addOther = async (conversion: Filed | FileFailure): Promise<void> => {
    const { source } = conversion;
    if (conversion.kind === 'unreadable') {
      await report(REJECTS, { source, outcome: operationOutcome([conversion.issue]) });
    } else if (conversion.kind === 'skipped') {
      const line = {
        source: conversion.source,
        skipped: conversion.reason,
        ...waveOf(conversion),
        ...(await fixedAt(conversion)),
      };
      // Any other record has a type to say, and so many bytes of its own.
      if (conversion.reason === 'no-resource') await alike.add(SOURCES, line, sizeOf(conversion.bytes()));
      else await report(SOURCES, line);
      if (conversion.isDeletion === true)
        await report(RETRACTIONS, { source, ...pathOf(conversion.source.resourceType) });
    } else if (conversion.kind === 'rejected') {
      const bytes = once(conversion.kept);
      const rejected = await keep(conversion, bytes);
      const { fix } = conversion;
      if (fix !== undefined) await fixed(fix, fix.of.entry === conversion.source.entry ? rejected : undefined);
      const outcome = operationOutcome(conversion.issues);
      const line = { source: conversion.source, rejected, ...(await send(conversion.raw)), outcome };
      // What is sent has a line of its own, with its wave.
      if (conversion.raw === undefined) await alike.add(REJECTS, line, sizeOf(bytes()));
      else await report(REJECTS, line);
      if (conversion.retracted === true)
        await report(RETRACTIONS, { source, ...pathOf(conversion.source.resourceType) });
    } else if (conversion.kind === 'raw') {
      await report(SOURCES, { source, ...(await fixedAt(conversion)), ...(await send(conversion.raw)) });
    } else {
      const { losses, residue } = conversion;
      const written = await writeLine(recordFile(conversion.name), conversion.line);
      await report(SOURCES, {
        source,
        output: written,
        ...(await fixedAt(conversion)),
        ...(await send(conversion.raw)),
      });
      const said = losses.length === 0 ? undefined : lossesOf(textOf(conversion.source), losses);
      if (said !== undefined) await outputs.lines(LOSSES, said.text, said.lines);
      if (residue !== undefined && !dryRun)
        await outputs.lines(RESIDUES, residueLine(conversion.source, residue(), written), 1);
    }
  };

  return {
    end: () => alike.end(),
    add: (conversion) =>
      conversion.kind === 'converted' && conversion.fix === undefined && conversion.raw === undefined
        ? addConverted(conversion)
        : addOther(conversion),
  };
}

/** Writes sources, of which those of a file have that in common. */
function sourceTexts(): (source: Source) => string {
  let [last, start] = ['', ''];
  return ({ file, line, entry, resourceType, id }) => {
    if (start === '' || file !== last) [last, start] = [file, `{"file":${JSON.stringify(file)},"line":`];
    const where = entry === undefined ? '' : `,"entry":"${entry}"`;
    const type = resourceType === undefined ? '' : `,"resourceType":"${resourceType}"`;
    return `${start}${line}${where}${type}${id === undefined ? '' : `,"id":${JSON.stringify(id)}`}}`;
  };
}

/** The wave of a record that waits for it. */
function waveOf({ wave }: { readonly wave?: number }): { wave?: number } {
  return wave === undefined ? {} : { wave };
}

/** A line of residues. */
function residueLine(source: Source, residue: string, output: At): string {
  return `${JSON.stringify({ source, output }).slice(0, -1)},"residue":${residue}}\n`;
}

/** ClinikAPI's path of a type, where it has one. */
function pathOf(resourceType = ''): { path?: string } {
  return Object.hasOwn(PATHS, resourceType) ? { path: PATHS[resourceType] } : {};
}

/** Of a stream, which is no part of a document, it does not matter. */
const sizeOf = (bytes: Bytes): number => (Buffer.isBuffer(bytes) ? bytes.length : 0);

type Rejected = Extract<Conversion, { kind: 'rejected' }>;

const NOTHING = Buffer.alloc(0);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** True for a first line that would make its file look like something else; it then comes after a blank one. */
function misleads(first: Bytes, isDocument: boolean): boolean {
  if (!Buffer.isBuffer(first)) return true;
  if (!isDocument && isBracket(first)) return true;
  return isGzip(first) || first.subarray(0, 3).equals(BYTE_ORDER_MARK);
}

function once(make: () => Bytes): () => Bytes {
  let made: Bytes | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
