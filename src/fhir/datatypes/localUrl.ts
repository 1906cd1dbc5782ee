import { isObject, type JsonObject } from '../../lens/json.js';
import { readLiteral } from '../references/literal.js';
import { checkModifiers, checkSecurity } from '../safety.js';
import { containedResource, type FhirScope } from '../scope.js';
import { nonEmpty } from './text.js';

/** A scheme, and those whose addresses nobody can follow elsewhere: names of one exchange, parts of a message, files of a machine. */
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['urn', 'cid', 'mid', 'file', 'blob']);

/** True for an address that means something only where it came from. */
export function isLocal(url: string): boolean {
  const [, scheme] = SCHEME.exec(url) ?? [];
  return scheme === undefined || LOCAL_SCHEMES.has(scheme.toLowerCase());
}

/** Says of an address that it is as a payload gave it, whatever it means; without one, that the payload gave none, nor data. */
const AS_GIVEN = 'urn:clinik-fhir:url-as-given';

/** What stands beside the address of a payload, or in the place of it, that would not be read back by itself. */
export function asGiven(): { extension: { url: string; valueBoolean: true }[] } {
  return { extension: [{ url: AS_GIVEN, valueBoolean: true }] };
}

/** True where that stands beside an address. */
export function isAsGiven(beside: unknown): boolean {
  const extension: unknown = isObject(beside) ? beside.extension : undefined;
  return Array.isArray(extension) && extension.some((one) => isObject(one) && one.url === AS_GIVEN);
}

/**
 * An Attachment (https://hl7.org/fhir/R4/datatypes.html#Attachment) as it reads elsewhere. Where its address means something only at
 * its source, the data of the Binary that it names takes the place of it, else the absolute address, else nothing.
 */
export function portable(attachment: JsonObject, scope: FhirScope): JsonObject {
  const { url, ...rest } = attachment;
  if (typeof url !== 'string' || !isLocal(url) || isAsGiven(attachment._url)) return attachment;
  const binary = rest.data === undefined ? binaryAt(url, rest.contentType, scope) : undefined;
  if (binary !== undefined) return { ...rest, ...binary };
  const address = absoluteUrl(url, scope.options.baseUrl);
  return address === undefined ? rest : { ...rest, url: address };
}

/** The most characters of base64 that are taken over: a body of ClinikAPI's SDK has 1 MB at most. */
export const MAX_DATA = 1_000_000;

function binaryAt(url: string, contentType: unknown, scope: FhirScope): JsonObject | undefined {
  const found = resourceAt(url, scope);
  if (found?.resourceType !== 'Binary' || !isOpen(found, scope)) return undefined;
  const data = nonEmpty(found.data);
  const type = contentType ?? found.contentType;
  if (data === undefined || data.length > MAX_DATA || !isSameMedia(type, found.contentType ?? type)) return undefined;
  return type === undefined ? { data } : { contentType: type, data };
}

function resourceAt(url: string, scope: FhirScope): JsonObject | undefined {
  if (url.startsWith('#')) return containedResource(scope, url.slice(1));
  const literal = readLiteral(url);
  const resource: unknown = literal === undefined ? undefined : scope.options.resolve?.(literal.reference);
  return isObject(resource) ? resource : undefined;
}

/** A Binary is held to what its record is held to: no rules that change its meaning, and no label that would be lost. */
function isOpen(binary: JsonObject, scope: FhirScope): boolean {
  const probe: FhirScope = { ...scope, at: [], issues: [], failed: false };
  checkModifiers(binary, probe);
  checkSecurity(binary, undefined, probe);
  return !probe.failed;
}

/** True for the same type of data; what stands behind it, a character set say, may differ. */
function isSameMedia(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && mediaOf(one) === mediaOf(other);
}

const mediaOf = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** An address that is relative to a server, as it reads everywhere; undefined where it is not, or no server is known. */
export function absoluteUrl(url: string, base: string | undefined): string | undefined {
  if (base === undefined || url.startsWith('#') || SCHEME.test(url) || /(?:^|\/)\.\.?(?:\/|$)/.test(url))
    return undefined;
  const [, scheme, host] = /^([A-Za-z][A-Za-z0-9+.-]*:)(\/\/[^/?#]+)/.exec(base) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  if (url.startsWith('//')) return `${scheme}${url}`;
  return url.startsWith('/') ? `${scheme}${host}${url}` : `${base.replace(/\/$/, '')}/${url}`;
}
