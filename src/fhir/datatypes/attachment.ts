import type { Attachment } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { object } from '../../lens/object.js';
import type { FhirScope } from '../scope.js';
import { admitGrammar, anyCode, uri } from './code.js';
import { text } from './text.js';

/** A document of a payload. */
export interface PayloadAttachment {
  /** Its media type, such as `application/pdf`. FHIR: `Attachment.contentType`. */
  contentType: string;
  /** The document itself, in base64. FHIR: `Attachment.data`. */
  data?: string;
  /** Where the document is. FHIR: `Attachment.url`. */
  url?: string;
  /** What to call it. FHIR: `Attachment.title`. */
  title?: string;
}

/** An Attachment (https://hl7.org/fhir/R4/datatypes.html#Attachment); one without a content type is left out. */
export const attachment = (): Codec<PayloadAttachment, Attachment, FhirScope> =>
  object<PayloadAttachment, Attachment, FhirScope>(
    [
      field('contentType', 'contentType', anyCode(), { required: true }),
      field('data', 'data', base64()),
      field('url', 'url', uri()),
      field('title', 'title', text()),
    ],
    { whole: true },
  );

const DENSE = /^[A-Za-z0-9+/]*$/;
const PADDED = /^[A-Za-z0-9+/]*={0,2}$/;

/** FHIR's base64Binary, in which white space may stand between groups of four (https://hl7.org/fhir/R4/datatypes.html#base64Binary). */
function isBase64(value: string): boolean {
  const runs = value.split(/\s+/).filter((run) => run !== '');
  const last = runs.length - 1;
  return (
    runs.length > 0 && runs.every((run, index) => run.length % 4 === 0 && (index === last ? PADDED : DENSE).test(run))
  );
}

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
