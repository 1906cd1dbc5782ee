import { printableJson } from '../read/printable.js';
import type { ConfigFile } from './config.js';
import type { Config, Settings } from './settings.js';

/** Where a setting comes from. */
export type Origin = 'flag' | 'config' | 'flag and config' | 'default';

/** The settings of a run, and beside each where it comes from. */
export interface MergedSettings {
  readonly settings: Settings;
  readonly origins: { readonly [name in keyof Settings]: Origin };
}

/** The settings where neither the command line nor a config file says anything. */
export const DEFAULTS: Settings = {
  formats: [{ format: 'text' }],
  failOn: 'error',
  rules: undefined,
  bestPractice: false,
  maxIssues: 1000,
  maxDiagnostics: 20,
  statistics: false,
  quiet: false,
  baseline: undefined,
  ignore: [],
  ig: [],
  profile: [],
  terminology: [],
  mustSupport: false,
  requireComplete: false,
  include: [],
  exclude: [],
};

/** The settings of a run. A flag wins over the config file; but what either of them ignores is ignored. */
export function mergeConfig(flags: Config, config: Config = {}, defaults: Settings = DEFAULTS): MergedSettings {
  const origin = (name: keyof Settings): Origin =>
    flags[name] !== undefined ? 'flag' : config[name] !== undefined ? 'config' : 'default';
  const pick = <Name extends keyof Settings>(name: Name): Settings[Name] =>
    flags[name] ?? config[name] ?? defaults[name];
  const isBoth = flags.ignore !== undefined && config.ignore !== undefined;
  return {
    settings: {
      formats: pick('formats'),
      failOn: pick('failOn'),
      rules: pick('rules'),
      bestPractice: pick('bestPractice'),
      maxIssues: pick('maxIssues'),
      maxDiagnostics: pick('maxDiagnostics'),
      statistics: pick('statistics'),
      quiet: pick('quiet'),
      baseline: pick('baseline'),
      // Those of the file first: they have reasons.
      ignore: isBoth ? [...(config.ignore ?? []), ...(flags.ignore ?? [])] : pick('ignore'),
      ig: pick('ig'),
      profile: pick('profile'),
      terminology: pick('terminology'),
      mustSupport: pick('mustSupport'),
      requireComplete: pick('requireComplete'),
      include: pick('include'),
      exclude: pick('exclude'),
    },
    origins: {
      formats: origin('formats'),
      failOn: origin('failOn'),
      rules: origin('rules'),
      bestPractice: origin('bestPractice'),
      maxIssues: origin('maxIssues'),
      maxDiagnostics: origin('maxDiagnostics'),
      statistics: origin('statistics'),
      quiet: origin('quiet'),
      baseline: origin('baseline'),
      ignore: isBoth ? 'flag and config' : origin('ignore'),
      ig: origin('ig'),
      profile: origin('profile'),
      terminology: origin('terminology'),
      mustSupport: origin('mustSupport'),
      requireComplete: origin('requireComplete'),
      include: origin('include'),
      exclude: origin('exclude'),
    },
  };
}

/** The settings of a run as JSON: the config file, and of each setting its value and where it comes from. */
export function printConfig({ settings, origins }: MergedSettings, file: ConfigFile['file'] | undefined): string {
  const shown = {
    formats: { value: settings.formats, from: origins.formats },
    failOn: { value: settings.failOn, from: origins.failOn },
    rules: { value: settings.rules ?? null, from: origins.rules },
    bestPractice: { value: settings.bestPractice, from: origins.bestPractice },
    maxIssues: { value: settings.maxIssues, from: origins.maxIssues },
    maxDiagnostics: { value: settings.maxDiagnostics, from: origins.maxDiagnostics },
    statistics: { value: settings.statistics, from: origins.statistics },
    quiet: { value: settings.quiet, from: origins.quiet },
    baseline: { value: settings.baseline ?? null, from: origins.baseline },
    ignore: { value: settings.ignore, from: origins.ignore },
    ig: { value: settings.ig, from: origins.ig },
    profile: { value: settings.profile, from: origins.profile },
    terminology: { value: settings.terminology, from: origins.terminology },
    mustSupport: { value: settings.mustSupport, from: origins.mustSupport },
    requireComplete: { value: settings.requireComplete, from: origins.requireComplete },
    include: { value: settings.include, from: origins.include },
    exclude: { value: settings.exclude, from: origins.exclude },
  };
  return `${printableJson({ config: file ?? null, settings: shown }, 2)}\n`;
}
