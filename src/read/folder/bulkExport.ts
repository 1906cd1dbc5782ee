import { isObject, type JsonObject, own } from '../../lens/json.js';

/** The lists of a manifest, in the order in which clients fetch their files. */
const LISTS = ['output', 'deleted', 'error'] as const;

/** What a manifest says of a file, and where that was found. */
export interface ExportFile {
  readonly list: (typeof LISTS)[number];
  /** How the file may be called, the likeliest name first; without `.gz`. */
  readonly names: readonly string[];
  /** Where the server has it. */
  readonly url?: string;
  /** How many resources are in it, where that is said. */
  readonly count?: number;
  readonly found: { readonly path: string } | 'left out' | undefined;
}

/** A bulk export, as its manifest says (https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---output-manifest). */
export interface BulkExport {
  /** Of the manifest. */
  readonly path: string;
  /** When the server looked, `transactionTime`, as the manifest says it. */
  readonly time?: string;
  /** The address of the server, of what was asked for. */
  readonly server?: string;
  readonly files: readonly ExportFile[];
}

/** True for the manifest of a bulk export. Drafts of the guide give it a type, the address of a logical model. */
export function isManifest(value: JsonObject): boolean {
  const type = own(value, 'resourceType');
  const isOne = type === undefined || (typeof type === 'string' && /\/bulkdata\/StructureDefinition\/\w+$/.test(type));
  if (!isOne || typeof own(value, 'transactionTime') !== 'string') return false;
  const isAnswer = typeof own(value, 'request') === 'string' && own(value, 'requiresAccessToken') !== undefined;
  return Array.isArray(own(value, 'output')) || isAnswer;
}

/** The files that a manifest lists; none of them is looked for yet. */
export function readManifest(path: string, manifest: JsonObject): BulkExport {
  const numbers = new Map<string, number>();
  const files = LISTS.flatMap((list) => {
    const items = own(manifest, list);
    if (!Array.isArray(items)) return [];
    return items.map((item: unknown, index): ExportFile => {
      const [type, url, count, destination] = ['type', 'url', 'count', 'destination'].map((key) =>
        isObject(item) ? own(item, key) : undefined,
      );
      const names = namesOf(url, destination);
      // The name that the client of SMART gives a file with forceStandardFileNames: by type, over all the lists.
      if (typeof type === 'string') {
        const number = (numbers.get(type) ?? 0) + 1;
        numbers.set(type, number);
        if (/^[A-Za-z]+$/.test(type)) names.push(`${number}.${type}.ndjson`);
      }
      if (names.length === 0) names.push(`${list}[${index}]`);
      const isCount = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0;
      const address = typeof url === 'string' ? { url } : {};
      return { list, names, ...address, ...(isCount ? { count } : {}), found: undefined };
    });
  });
  const time = own(manifest, 'transactionTime');
  const server = serverOf(own(manifest, 'request'));
  return { path, ...(typeof time === 'string' ? { time } : {}), ...(server === undefined ? {} : { server }), files };
}

function serverOf(request: unknown): string | undefined {
  if (typeof request !== 'string' || !URL.canParse(request)) return undefined;
  const { origin, pathname } = new URL(request);
  const base = /^(.*?)\/(Patient\/|Group\/[^/]+\/)?\$export$/.exec(pathname)?.[1] ?? '';
  return `${origin}${base}`;
}

/** No file system has longer names. */
const LONGEST_NAME = 255;

/** What an address and the place of a download call a file. */
function namesOf(url: unknown, destination: unknown): string[] {
  const names: string[] = [];
  const add = (name: string): void => {
    const plain = name.replace(/\.gz$/i, '');
    if (plain !== '' && plain.length <= LONGEST_NAME && !names.includes(plain)) names.push(plain);
  };
  if (typeof url === 'string') {
    const last = (text: string): string => text.split('/').at(-1) ?? '';
    const bare = last(url.replace(/[?#].*$/s, ''));
    add(decoded(bare));
    add(bare);
    // So called by a client that takes the name from the whole address.
    add(last(url));
  }
  if (typeof destination === 'string') add(destination.split(/[/\\]/).at(-1) ?? '');
  return names;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll(/[/\\\0]/g, '');
  } catch {
    return text;
  }
}
