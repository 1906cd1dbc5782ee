import type { ValidationRule } from '../validate/userRules.js';
import type { FORMATS } from './configSchema.js';
import type { Ignore } from './ignore.js';

/** A format of findings. */
export type FormatName = (typeof FORMATS)[number];

/** What is written, and where to: standard output, if there is no file. */
export interface FormatSetting {
  readonly format: FormatName;
  readonly output?: string;
}

/** The settings of `clinik-fhir validate`. */
export interface Settings {
  readonly formats: readonly FormatSetting[];
  readonly failOn: 'error' | 'warning';
  /** The path of a file of rules, or the rules. */
  readonly rules: string | readonly ValidationRule[] | undefined;
  readonly bestPractice: boolean;
  /** Of one record. */
  readonly maxIssues: number;
  /** How many findings the format text shows in full. */
  readonly maxDiagnostics: number;
  /** True where it shows the table of rules alone. */
  readonly statistics: boolean;
  readonly quiet: boolean;
  readonly baseline: string | undefined;
  readonly ignore: readonly Ignore[];
  /** Implementation guides: names of packages, folders, archives. */
  readonly ig: readonly string[];
  /** Canonicals of profiles, or `Type=canonical`, that every resource of the type is held to. */
  readonly profile: readonly string[];
  /** Folders of value sets with expansions and of code systems. */
  readonly terminology: readonly string[];
  readonly mustSupport: boolean;
  /** True where what could not be checked fails the run. */
  readonly requireComplete: boolean;
  /** Globs of the files of folders that are looked at; all, if there is none. */
  readonly include: readonly string[];
  /** Globs of the files of folders that are not looked at. */
  readonly exclude: readonly string[];
}

/** What a config file says of the settings. */
export type Config = Partial<Settings>;
