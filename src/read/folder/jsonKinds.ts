import { basename } from 'node:path';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { InputFile } from '../inputs.js';
import { payloadPath } from '../payloadPath.js';
import { readRecords } from '../recordBatches.js';
import { type BulkExport, isManifest, readManifest } from './bulkExport.js';
import { startOfFile, textOf } from './startOfFile.js';

/** JSON that holds no records, and has the name of an input. */
export type NoRecords = 'export-log' | 'log' | 'project' | 'baseline' | 'settings' | 'findings' | 'id-map';

/** What a file is that is none of records. */
export type NoInput = { readonly kind: NoRecords } | { readonly kind: 'export-manifest'; readonly export: BulkExport };

/** The most bytes of one JSON value that is looked at. */
const MOST = 16 * 1024 * 1024;

const PROJECT = /^(package(-lock)?|npm-shrinkwrap|[jt]sconfig(\.[\w-]+)?|composer|biome|lerna|nx|deno)\.json$/;
const SETTINGS = /^clinik-fhir\.config\.json$/;

const isText = (record: JsonObject, ...keys: string[]): boolean =>
  keys.every((key) => typeof own(record, key) === 'string');

/** What each line of a file has to be. */
const LINES: readonly (readonly [kind: NoRecords, is: (record: JsonObject) => boolean])[] = [
  // The log of the SMART bulk data client, which others follow: https://github.com/smart-on-fhir/bulk-data-client/wiki.
  ['export-log', (record) => isText(record, 'exportId', 'timestamp', 'eventId')],
  ['log', isLogged],
  ['id-map', (record) => isText(record, 'reference', 'id') && Object.keys(record).length === 2],
  ['findings', (record) => isText(record, 'rule', 'severity', 'fingerprint', 'state') || isSummary(record)],
];

/** What the one value of a file has to be. */
const DOCUMENTS: readonly (readonly [kind: NoRecords, is: (record: JsonObject, name: string) => boolean])[] = [
  ['baseline', (record) => own(record, 'tool') === 'clinik-fhir' && Array.isArray(own(record, 'findings'))],
  ['findings', (record) => isFindings(record)],
  ['settings', (record, name) => SETTINGS.test(name) || hasRules(record)],
  ['project', (_, name) => PROJECT.test(name)],
];

/** A line as the usual loggers write it: winston, pino, bunyan, structlog, Logstash. */
function isLogged(record: JsonObject): boolean {
  const has = (...keys: string[]): boolean => keys.some((key) => own(record, key) !== undefined);
  return has('level') && has('message', 'msg', 'event') && has('timestamp', 'time', '@timestamp', 'ts');
}

/** The last line of findings in NDJSON, and a part of those in JSON. */
function isSummary(record: JsonObject): boolean {
  const summary = own(record, 'summary');
  return isObject(summary) && isObject(own(summary, 'notChecked'));
}

/** A file of rules of the user's own. */
function hasRules(record: JsonObject): boolean {
  const rules = own(record, 'rules');
  return (
    Array.isArray(rules) &&
    rules.length > 0 &&
    rules.every((rule) => isObject(rule) && isText(rule, 'context', 'expression'))
  );
}

/** SARIF (https://docs.oasis-open.org/sarif/sarif/v2.1.0), or the JSON of `validate`. */
function isFindings(record: JsonObject): boolean {
  if (Array.isArray(own(record, 'runs'))) return own(record, 'version') === '2.1.0';
  return Array.isArray(own(record, 'findings')) && isSummary(record);
}

/**
 * What a regular file is, if all that is in it is no record: the manifest of a bulk export, the log of its client, a file of ours or of a
 * project. What is named for payloads, and an object with a type of its own, is always one. Most files are told by their first bytes.
 */
export async function noInput(file: InputFile): Promise<NoInput | undefined> {
  if (file.size === 0 || payloadPath(file.path) !== undefined) return undefined;
  const start = textOf(startOfFile(file.path));
  // Elsewhere than at its beginning a type may be that of what a log or a finding tells of.
  if (!start.startsWith('{') || (/^\{\s*"resourceType"/.test(start) && !start.includes('/bulkdata/'))) return undefined;
  // Logs and findings are read line by line.
  if (file.size > MOST && !/"(exportId|level|rule)"/.test(start)) return undefined;
  try {
    return await kindOf(file);
  } catch {
    // Whoever reads it says what is wrong with it.
    return undefined;
  }
}

async function kindOf(file: InputFile): Promise<NoInput | undefined> {
  const name = basename(file.path).replace(/\.gz$/i, '').toLowerCase();
  let first: JsonObject | undefined;
  let isLine: ((record: JsonObject) => boolean) | undefined;
  let kind: NoRecords | undefined;
  const run = { recordLimit: MOST, wholeBundles: true, isChecked: () => true };
  for await (const { records } of readRecords(file, run)) {
    for (const record of records) {
      // What is in a list or in a response of ClinikAPI is a record.
      if (!('value' in record) || record.text.keys.length > 0) return undefined;
      const { value } = record;
      const hasType = own(value, 'resourceType') !== undefined;
      if (hasType && !isManifest(value)) return undefined;
      if (first !== undefined) {
        // A single document is nothing else with something after it.
        if (isLine?.(value) !== true) return undefined;
        continue;
      }
      first = value;
      if (isManifest(value)) continue;
      [kind, isLine] = LINES.find(([, is]) => is(value)) ?? [undefined, undefined];
      kind ??= DOCUMENTS.find(([, is]) => is(value, name))?.[0];
      if (kind === undefined) return undefined;
    }
  }
  if (first === undefined) return undefined;
  if (isManifest(first)) return { kind: 'export-manifest', export: readManifest(file.path, first) };
  return kind && { kind };
}
