import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lensFor } from '../src/index.js';
import { unless } from './support/ensure.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet, PATHS, payloadOf, TYPES } from './support/laws.js';

interface Resource {
  resourceType: string;
  entry?: { resource?: Resource }[];
}

const examples = join('node_modules', 'hl7.fhir.r4.examples');
const corpus = join('..', 'shared', 'corpus');
const isMapped = ({ resourceType }: Resource): boolean => (TYPES as readonly string[]).includes(resourceType);

/** HL7's examples of the five types, alone and in Bundles. Definitions are large, and have none. */
function hl7(): Resource[] {
  const files = readdirSync(examples).filter((file) =>
    /^(Bundle|ClinicalImpression|Encounter|Composition|DiagnosticReport|Task)-/.test(file),
  );
  return files
    .map((file): Resource => JSON.parse(readFileSync(join(examples, file), 'utf8')))
    .flatMap((one) => (one.resourceType === 'Bundle' ? (one.entry ?? []).flatMap((e) => e.resource ?? []) : [one]))
    .filter(isMapped);
}

function ndjson(folder: string): [file: string, record: Resource][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): [string, Resource] => [basename(file, '.ndjson'), JSON.parse(line)]),
    );
}

/** Every law on every record, and the put of each record's payload onto the next one of its type. */
function holdsOnAll(resources: readonly Resource[]): number {
  const previous = new Map<string, unknown>();
  let refused = 0;
  for (const resource of resources) {
    if (!holdsOnResource(resource)) {
      refused += 1;
      continue;
    }
    const path = PATHS.find((one) => lensFor(one).resourceType === resource.resourceType);
    const other = previous.get(resource.resourceType);
    if (path !== undefined && other !== undefined) holdsPutGet(path, other, resource);
    previous.set(resource.resourceType, payloadOf(resource));
  }
  return refused;
}

describe('the laws on data that nobody here wrote', () => {
  it("hold on HL7's 43 examples, of which one has no patient to read", () => {
    const resources = hl7();
    expect(resources).toHaveLength(43);
    expect(holdsOnAll(resources)).toBe(1);
  });

  const absent = existsSync(corpus) ? false : 'the corpus is not part of this repository';
  unless(absent)('hold on every record of the corpus', () => {
    const records = ndjson(corpus);
    const resources = records.map(([, record]) => record).filter((record) => record.resourceType !== undefined);
    expect(resources).toHaveLength(669);
    expect(holdsOnAll(resources)).toBe(0);
    for (const [name, record] of records) {
      const path = PATHS.find((one) => one === name);
      if (path !== undefined) holdsCreateGet(path, record);
    }
  });
});
