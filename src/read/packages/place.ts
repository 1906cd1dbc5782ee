/** A package, or a folder of definitions, and where it is. It can be sent to a thread. */
export interface PackagePlace {
  /** The name of the package; of a folder that is none, the path as it was given. */
  readonly name: string;
  readonly version: string | undefined;
  readonly path: string;
  /**
   * A folder with a package.json, whose definitions stand beside it; a gzipped tar archive; a folder without, whose definitions may
   * stand in folders below; or one of expansions and code systems, which come before those of packages.
   */
  readonly form: 'package' | 'archive' | 'files' | 'terminology';
  /** True where only another package asks for it. */
  readonly isDependency: boolean;
}

/** A package that another one asks for, and that is not there. */
export interface AbsentPackage {
  readonly name: string;
  readonly version: string;
  readonly wantedBy: string;
}

/** Packages with those that they depend on. It can be sent to a thread. */
export interface PackagePlaces {
  /** Those that come first are preferred. */
  readonly places: readonly PackagePlace[];
  readonly absent: readonly AbsentPackage[];
  /** What is not as a package asks for it, in sentences. */
  readonly notes: readonly string[];
}
