import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wellFormed } from '../../fhir/datatypes/text.js';

/** The name in SARIF of the folder that clinik-fhir was run in; GitHub's own for the root of a checkout. */
export const BASE = '%SRCROOT%';

/** A file in SARIF (2.1.0, 3.4): a relative one is a reference below `BASE`, percent-encoded. */
export function artifactLocation(file: string): { uri: string; uriBaseId?: string } {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  // encodeURIComponent throws on half a surrogate pair, which the name of a file may hold on Windows.
  const segments = file.split(sep).filter((segment) => segment !== '' && segment !== '.');
  return { uri: segments.map((segment) => encodeURIComponent(wellFormed(segment))).join('/'), uriBaseId: BASE };
}
