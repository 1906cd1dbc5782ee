import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { UsageError } from '../usageError.js';
import { atPath, candidates, chosen, type Located, PLACES, statOf } from './locate.js';
import { fhirOf, isCore, isNameOfPackage, isOfOtherFhir } from './manifest.js';
import type { AbsentPackage, PackagePlace, PackagePlaces } from './place.js';
import { satisfies } from './versions.js';

/**
 * Finds packages by name or path, and those that they depend on, without reading what they define.
 * @throws UsageError for what is not there, or is no package of R4.
 */
export function findPackages(
  wanted: readonly string[],
  { terminology = [], here = '.' }: { readonly terminology?: readonly string[]; readonly here?: string } = {},
): PackagePlaces {
  const notes: string[] = [];
  const places: PackagePlace[] = terminology.map((path) => folderOf(path, here, 'terminology'));
  const roots: Located[] = [];
  for (const one of wanted) {
    if (isCore(one.replace(/[@#].*$/s, ''))) {
      notes.push(`${one} is R4 itself, which is built in.`);
      continue;
    }
    const found = named(one, here);
    if (found === undefined) places.push(folderOf(one, here, 'files'));
    else if (isOfOtherFhir(found.manifest))
      throw new UsageError(`${one}: it is of FHIR ${fhirOf(found.manifest)}; only guides of R4 (4.0.1) can be used.`);
    else if (!roots.some(({ path }) => path === found.path)) {
      roots.push(found);
      places.push(placeOf(found, false));
    }
  }
  const absent: AbsentPackage[] = [];
  places.push(...dependenciesOf(roots, here, absent, notes));
  return { places, absent, notes };
}

/** A path as a person wrote it, wherever it can stay so. */
const from = (here: string, path: string): string => (isAbsolute(path) ? path : join(here, path));

const placeOf = ({ path, form, manifest: { name, version } }: Located, isDependency: boolean): PackagePlace => ({
  name,
  version,
  path,
  form,
  isDependency,
});

function folderOf(path: string, here: string, form: 'files' | 'terminology'): PackagePlace {
  const whole = from(here, path);
  if (!statOf(whole).isDirectory())
    throw new UsageError(
      form === 'files'
        ? `${path}: it is no package; name a package, a folder, or a .tgz file.`
        : `${path}: it is no folder of value sets and code systems.`,
    );
  return { name: path, version: undefined, path: whole, form, isDependency: false };
}

/** A package by its name or its path; undefined for a folder that is none. */
function named(wanted: string, here: string): Located | undefined {
  if (wanted.trim() === '') throw new UsageError('a package has a name; this one is empty.');
  const [, name = '', version] = /^([^@#]+)(?:[@#](.+))?$/s.exec(wanted) ?? [];
  if (!isNameOfPackage(wanted)) return atPath(from(here, wanted));
  const found = candidates(name, here);
  const one = chosen(found, version);
  if (one === undefined) {
    if (version === undefined && existsSync(from(here, name))) return atPath(from(here, name));
    throw new UsageError(
      `${wanted}: no such package is in ${PLACES}, and none is fetched; run npm pack ${wanted.replace('#', '@')}, or get it from where it is published, and name the .tgz file.`,
    );
  }
  if (version !== undefined && !satisfies(one.manifest.version, version))
    throw new UsageError(
      `${wanted}: this version is not there; there is ${found.map(({ manifest }) => manifest.version ?? 'one without a version').join(', ')}.`,
    );
  return one;
}

/** What packages depend on, those that are asked for directly first. */
function dependenciesOf(
  roots: readonly Located[],
  here: string,
  absent: AbsentPackage[],
  notes: string[],
): PackagePlace[] {
  const places: PackagePlace[] = [];
  const taken = new Map(roots.map((root) => [root.manifest.name, root]));
  const asked = new Set<string>();
  // It grows while it is gone over.
  const open = [...roots];
  for (const { manifest } of open) {
    for (const [name, version] of manifest.dependencies) {
      const isNew = !asked.has(`${name}#${version}`);
      asked.add(`${name}#${version}`);
      const before = taken.get(name);
      const found = before ?? usable(chosen(candidates(name, here), version), notes);
      if (found === undefined) {
        if (isNew) absent.push({ name, version, wantedBy: manifest.name });
        continue;
      }
      if (isNew && !satisfies(found.manifest.version, version))
        notes.push(
          `${manifest.name} asks for ${name} ${version}; ${found.manifest.version ?? 'one without a version'} is there, and is used.`,
        );
      if (before !== undefined) continue;
      taken.set(name, found);
      open.push(found);
      places.push(placeOf(found, true));
    }
  }
  return places;
}

function usable(found: Located | undefined, notes: string[]): Located | undefined {
  if (found === undefined || !isOfOtherFhir(found.manifest)) return found;
  const note = `${found.manifest.name} is there for FHIR ${fhirOf(found.manifest)} only, and is not used.`;
  if (!notes.includes(note)) notes.push(note);
  return undefined;
}
