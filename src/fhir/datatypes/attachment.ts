import type { Attachment } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { isObject } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import { noteUnread } from '../../lens/scope.js';
import { markAbsent } from '../dataAbsent.js';
import type { FhirScope } from '../scope.js';
import { isBase64 } from './base64.js';
import { admitGrammar, anyCode, uri } from './code.js';
import { asGiven, isAsGiven, isLocal, portable } from './localUrl.js';
import { text } from './text.js';

/** A document as ClinikAPI's OpenAPI file takes it. */
export interface AttachmentInput {
  /** Its media type, such as `application/pdf`. FHIR: `Attachment.contentType`. */
  contentType?: string;
  /** The document itself, in base64. FHIR: `Attachment.data`. */
  data?: string;
  /** Where the document is. FHIR: `Attachment.url`. */
  url?: string;
  /** What to call it. FHIR: `Attachment.title`. */
  title?: string;
}

/** A document of a payload. */
export interface PayloadAttachment extends AttachmentInput {
  /** Its media type, such as `application/pdf`. FHIR: `Attachment.contentType`. */
  contentType: string;
}

const plain = object<AttachmentInput, Attachment, FhirScope>(
  [
    field('contentType', 'contentType', anyCode(), { expected: true, absent: markAbsent('_contentType') }),
    field('data', 'data', base64()),
    field('url', 'url', uri(), {
      note: 'one that means something only at its source is left out: the data of its Binary is read, else the address below baseUrl',
    }),
    field('title', 'title', text()),
  ],
  { whole: true },
);

/**
 * An Attachment (https://hl7.org/fhir/R4/datatypes.html#Attachment); one without a content type is left out, and so is one with
 * neither data nor an address, which says that there is no content; unless a payload had it so. An address that means something only
 * at its source is none elsewhere.
 */
export const attachment = (): Codec<AttachmentInput, Attachment, FhirScope> => ({
  ...plain,
  fidelity: 'lossy',
  read(value, scope) {
    if (!isObject(value)) return undefined;
    const read = plain.read(portable(value, scope), scope);
    const isEmpty = read?.data === undefined && read?.url === undefined;
    if (!isEmpty || isAsGiven(value._url)) return read;
    noteUnread(scope, value.url === undefined ? 'no-value' : 'unresolved');
    return undefined;
  },
  write(value, scope) {
    const written = plain.write(value, scope);
    const { data, url } = written ?? {};
    const isElsewhereOther = url === undefined ? data === undefined : isLocal(url);
    return written !== undefined && isElsewhereOther ? { ...written, _url: asGiven() } : written;
  },
});

function base64(): Codec<string, string, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is, base64',
    schema: { type: 'string' },
    sibling: '_',
    read: (value) => (typeof value === 'string' && isBase64(value) ? value : undefined),
    write: (value) => value,
    admit: (value, scope) => admitGrammar(value, isBase64, 'base64-grammar', 'The data is not base64.', scope),
  };
}
