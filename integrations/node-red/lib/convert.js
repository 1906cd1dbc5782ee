// @ts-check
'use strict';

const { bundleToPayloads, findLens, payloadsToBundle } = require('clinik-fhir');
const { forbiddenLosses } = require('clinik-fhir/node');
const { good, isFailure, recordOf, refusal, refused } = require('./answers.js');
const { FlowError } = require('./flowError.js');
const { mapOfMessage } = require('./settings.js');

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('clinik-fhir').ConvertOptions} ConvertOptions */
/** @typedef {{ strict: boolean; allowed: readonly string[] }} Strictness */

const NO_PAYLOADS = refusal(
  'not-supported',
  'resource-type',
  'ClinikAPI has no payloads of this type; Bundles go through the node "Bundle".',
);

/**
 * The options of a conversion, with what the message says itself.
 * @param {ConvertOptions} options
 * @param {Message} msg
 * @returns {ConvertOptions}
 */
function optionsFor(options, msg) {
  const { now } = msg;
  if (now !== undefined && typeof now !== 'string')
    throw new FlowError('msg.now is a FHIR dateTime with a time and an offset, as in 2026-01-31T09:00:00Z.');
  return { ...options, ...mapOfMessage(msg), ...(now === undefined ? {} : { now }) };
}

/**
 * Answers a FHIR resource with its payload.
 * @param {Message} msg
 * @param {ConvertOptions} options
 * @param {Strictness & { residue: boolean }} how
 * @returns {Answer}
 */
function fromFhir(msg, options, { strict, allowed, residue }) {
  const record = recordOf(msg.payload);
  if (!record.ok) return record.refused;
  const type = 'resourceType' in record.value ? record.value.resourceType : undefined;
  const lens = typeof type === 'string' ? findLens(type) : undefined;
  if (lens === undefined) return refused([NO_PAYLOADS]);
  const name = lens.path;
  const result = lens.safeFromFhir(record.value, { ...optionsFor(options, msg), residue });
  if (!result.ok) return refused(result.issues, { about: { name } });
  const { payload, losses, issues } = result;
  const forbidden = strict ? forbiddenLosses(losses, allowed) : [];
  if (forbidden.length > 0) return refused([...forbidden, ...issues], { about: { name, losses } });
  // What an earlier node said of another record must not stand beside this one.
  return good(payload, { about: { name, losses, issues }, set: { recordId: result.id, residue: result.residue } });
}

/**
 * Answers a payload with its FHIR resource: a new one, or `msg.onto` with the payload put over it.
 * @param {Message} msg
 * @param {ConvertOptions} options
 * @param {{ resource: string }} how the path of the payloads; with '' the message says it.
 * @returns {Answer}
 */
function toFhir(msg, options, { resource }) {
  const lens = lensOf(resource, msg);
  const { onto } = msg;
  if (onto !== undefined && (typeof onto !== 'object' || onto === null))
    throw new FlowError('msg.onto is a FHIR resource, an object.');
  const record = recordOf(msg.payload);
  if (!record.ok) return record.refused;
  const name = lens.resourceType;
  const over = onto === undefined ? {} : { onto: /** @type {never} */ (onto) };
  const result = lens.safeToFhir(record.value, { ...optionsFor(options, msg), ...over });
  if (!result.ok) return refused(result.issues, { about: { name } });
  return good(result.resource, { about: { name, issues: result.issues } });
}

/**
 * The lens of a payload.
 * @param {string} resource
 * @param {Message} msg
 */
function lensOf(resource, msg) {
  const said = resource === '' ? msg.resource : resource;
  const lens = typeof said === 'string' ? findLens(said) : undefined;
  if (lens !== undefined) return lens;
  const whose = resource === '' ? 'msg.resource' : 'The resource of the node';
  throw new FlowError(`${whose} is a path of ClinikAPI, as "encounters": nothing else says what the payload is of.`);
}

/**
 * Answers a Bundle with its payloads, a list for each path.
 * @param {Message} msg
 * @param {ConvertOptions} options
 * @param {Strictness & { whole: boolean }} how `whole` refuses the Bundle where an entry is refused.
 * @returns {Answer}
 */
function fromBundle(msg, options, { strict, allowed, whole }) {
  const record = recordOf(msg.payload);
  if (!record.ok) return record.refused;
  const bundle = /** @type {import('fhir/r4').Bundle} */ (record.value);
  const { payloads, losses, issues, skipped } = bundleToPayloads(bundle, optionsFor(options, msg));
  const forbidden = strict ? forbiddenLosses(losses, allowed) : [];
  const isEmpty = Object.values(payloads).every((list) => list.length === 0);
  const about = { name: 'payloads', losses, issues, skipped };
  if (forbidden.length > 0 || (issues.some(isFailure) && (whole || isEmpty)))
    return refused([...forbidden, ...issues], { about });
  return good(payloads, { about });
}

/**
 * Answers payloads, a list for each path, with a Bundle.
 * @param {Message} msg
 * @param {ConvertOptions} options
 * @param {{ type: import('clinik-fhir').PayloadBundleType }} how
 * @returns {Answer}
 */
function toBundle(msg, options, { type }) {
  const { include } = msg;
  if (include !== undefined && !Array.isArray(include)) throw new FlowError('msg.include is a list of FHIR resources.');
  const record = recordOf(msg.payload);
  if (!record.ok) return record.refused;
  // A document has the time when it was put together, which is now.
  const dated = type === 'document' ? { now: new Date().toISOString() } : {};
  const asked = { ...dated, ...optionsFor(options, msg), type, ...(include === undefined ? {} : { include }) };
  try {
    return good(payloadsToBundle(record.value, asked), { about: { name: 'Bundle' } });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ClinikFhirError' || !('issues' in error)) throw error;
    const issues = /** @type {readonly import('clinik-fhir').Issue[]} */ (error.issues);
    return refused(issues, { about: { name: 'Bundle' } });
  }
}

module.exports = { fromBundle, fromFhir, lensOf, toBundle, toFhir };
