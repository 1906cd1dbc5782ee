import type { GuideFault } from '../../profiles/profiles.js';
import type { Guide } from '../../validate/guide.js';
import { guideOf, type LoadedGuide } from '../../validate/profile/loadGuide.js';
import type { GuideWatch } from '../../validate/profile/use.js';
import { findPackages } from './findPackages.js';
import { openPackages } from './packageDefinitions.js';
import type { AbsentPackage, PackagePlaces } from './place.js';

/** A package of a guide. */
export interface GuidePackage {
  /** Its name; of a folder that is no package, its path as it was given. */
  readonly name: string;
  readonly version: string | undefined;
  /** True where only another package asks for it. */
  readonly isDependency: boolean;
}

/** What the packages of implementation guides define. */
export interface PackageGuide extends Guide {
  readonly packages: readonly GuidePackage[];
  /** The packages that these depend on, and that are not there: what they define is not checked. */
  readonly absent: readonly AbsentPackage[];
  /** What is not as a package asks for it, in sentences: a dependency in another version. */
  readonly notes: readonly string[];
  /** The canonicals of the profiles and extensions of the packages that were asked for, without versions. */
  canonicals(): readonly string[];
}

/** How packages are read. */
export interface PackageOptions {
  /** Folders of ValueSets with expansions and of CodeSystems, which come before those of packages. */
  readonly terminology?: readonly string[];
  /** The folder that names and paths are looked up from; the current one, if left out. */
  readonly cwd?: string;
}

/**
 * Reads implementation guides, for the option `profiles` of `validate`: packages by name (`hl7.fhir.uv.ips`, with a version
 * `hl7.fhir.uv.ips@2.0.0`), folders of packages, `.tgz` files, and folders of definitions in JSON. A name is looked up in
 * `node_modules`, here and in the folders around, in `fhir-packages`, and in `~/.fhir/packages`; never on the network. What a package
 * depends on is looked up so, too; what is absent is in `absent`. Files of dependencies are read when they are first needed
 * (https://hl7.org/fhir/R4/packages.html).
 * @throws UsageError for what is not there, cannot be read, is of another version of FHIR, or defines nothing.
 */
export function readPackages(packages: readonly string[], options: PackageOptions = {}): PackageGuide {
  const { terminology, cwd } = options;
  return guideAt(
    findPackages(packages, {
      ...(terminology === undefined ? {} : { terminology }),
      ...(cwd === undefined ? {} : { here: cwd }),
    }),
    true,
  );
}

/** The guide of packages that were found. With `isStrict` what is wrong with them is thrown, and else said in `faults`. */
export function guideAt(
  { places, absent, notes }: PackagePlaces,
  isStrict: boolean,
  watch?: GuideWatch,
): PackageGuide & LoadedGuide {
  const faults: GuideFault[] = [];
  const definitions = openPackages(places, isStrict, (path, says) => faults.push({ url: path, says }));
  const guide = guideOf(definitions, faults, watch);
  return {
    ...guide,
    packages: places.map(({ name, version, isDependency }) => ({ name, version, isDependency })),
    absent,
    notes,
    canonicals: definitions.canonicals,
  };
}
