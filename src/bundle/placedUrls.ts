import { absoluteUrl, isAsGiven, isLocal } from '../fhir/datatypes/localUrl.js';
import { readLiteral } from '../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Readable } from './inEntry.js';
import type { BundleEntry } from './references.js';

/**
 * A resource of a Bundle whose attachments have addresses that are relative to the server of its entry: they are below that one, and
 * not below home. One that leads to something in reach stays as it is, for its data are read.
 */
export function withPlacedUrls(read: Readable, { fullUrl }: BundleEntry): Readable {
  const { resource, options } = read;
  const attachments = own(resource, 'presentedForm');
  const base = fullUrl === undefined ? undefined : readLiteral(fullUrl)?.base;
  if (base === undefined || !Array.isArray(attachments)) return read;
  const place = (attachment: unknown): unknown => {
    if (!isObject(attachment)) return attachment;
    const { url, _url: beside } = attachment;
    if (typeof url !== 'string' || !isLocal(url) || isAsGiven(beside)) return attachment;
    const literal = readLiteral(url);
    if (literal !== undefined && options.resolve?.(literal.reference) !== undefined) return attachment;
    const address = absoluteUrl(url, base);
    return address === undefined ? attachment : { ...attachment, url: address };
  };
  const placed: unknown[] = attachments.map(place);
  if (placed.every((attachment, index) => attachment === attachments[index])) return read;
  const after: JsonObject = { ...resource, presentedForm: placed };
  return { ...read, resource: after };
}
