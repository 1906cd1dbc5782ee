// Values of attributes that would run something or fetch a document where the narrative is shown. R4 allows no active
// content (https://hl7.org/fhir/R4/narrative.html#rules, https://hl7.org/fhir/R4/security.html#narrative).
import type { AttributeKind } from './xhtml.js';

/** What a browser skips in the scheme of a link, and more that a careless reader might. */
const SKIPPED = /[\0-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/g;

const SCRIPT = /^(?:javascript|vbscript|livescript|jscript|mocha):/i;
const DATA = /^data:/i;
const IMAGE_DATA = /^data:image\//i;

/** Why the value of an attribute is active content; undefined where it is not. The value has its references resolved. */
export function valueFault(element: string, name: string, kind: AttributeKind, value: string): string | undefined {
  if (kind === 'text') return undefined;
  const of = `The attribute ${name} of the element ${element}`;
  if (kind === 'style') return styleFault(of, value);
  const address = value.includes(':') ? value.replace(SKIPPED, '') : '';
  if (SCRIPT.test(address)) return `${of} is a link to a script; R4 allows no active content.`;
  if (!DATA.test(address) || (kind === 'image' && IMAGE_DATA.test(address))) return undefined;
  return kind === 'image'
    ? `${of} has data that are no image.`
    : `${of} has data in it, which a browser would open as a document; R4 has data: for images.`;
}

/** A style can run something or fetch it only by a function or a rule, either of which an escape may hide. */
const CAN_ACT = /[(@\\]/;

const ACTS =
  /expression\(|@import|url\(["']?(?:javascript|vbscript|livescript|jscript|mocha):|(?:^|[;{])(?:behaviou?r|-moz-binding):["']?url\(/;
const OTHER_DATA = /url\(["']?data:(?!image\/)/;

function styleFault(of: string, value: string): string | undefined {
  if (!CAN_ACT.test(value)) return undefined;
  // A comment may part what a browser joins, and a string may look like a comment: both readings must be harmless.
  const readings = [value, value.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')].map(plainStyle);
  if (readings.some((style) => ACTS.test(style)))
    return `${of} runs a script or fetches a stylesheet; R4 allows neither.`;
  return readings.some((style) => OTHER_DATA.test(style)) ? `${of} has data that are no image.` : undefined;
}

/** A style with its escapes resolved (https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point), in lower case. */
function plainStyle(style: string): string {
  return style
    .replace(
      /\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n])?|([^\r\n]))/gi,
      (_, hex: string | undefined, other: string | undefined) => {
        const code = hex === undefined ? 0 : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (other ?? '');
      },
    )
    .replace(SKIPPED, '')
    .toLowerCase();
}
