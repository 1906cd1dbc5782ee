import { openGuide, type RunGuide } from '../../read/packages/runGuide.js';
import { UsageError } from '../../read/usageError.js';
import { namesNear } from '../../report/nearest.js';
import type { GuideSettings } from './asked.js';

/**
 * The guide of a run.
 * @throws UsageError for packages that cannot be used, and for a profile that none of them has.
 */
export function guideOf({ ig, profile, terminology, mustSupport }: GuideSettings): RunGuide {
  if (ig.length === 0 && terminology.length > 0)
    throw new UsageError('--terminology has the codes of value sets of a guide, and needs the guide: --ig.');
  if (ig.length === 0 && mustSupport)
    throw new UsageError('--must-support is about elements of profiles, and needs a guide: --ig.');
  const asked = profile.map(profileOf);
  const run = openGuide(ig, terminology, { profile: asked.map(({ canonical }) => canonical), mustSupport });
  for (const one of asked) checkProfile(one, run, ig.length > 0);
  return run;
}

interface Asked {
  readonly type: string | undefined;
  readonly canonical: string;
}

function profileOf(written: string): Asked {
  const [, type, canonical = written] = /^([A-Z][A-Za-z]*)=(.+)$/s.exec(written) ?? [];
  return { type, canonical };
}

function checkProfile({ type, canonical }: Asked, { guide }: RunGuide, hasGuide: boolean): void {
  const profile = guide.profile(canonical);
  if (profile === undefined) {
    const [url = ''] = canonical.split('|');
    const fault = guide.faults().find((one) => one.url === url);
    if (fault !== undefined) throw new UsageError(`--profile ${canonical}: it cannot be used. ${fault.says}`);
    throw new UsageError(`--profile ${canonical}: ${hasGuide ? missing(url, guide.canonicals()) : NO_GUIDE}`);
  }
  if (profile.contexts !== undefined)
    throw new UsageError(`--profile ${canonical}: it defines an extension, which is held to it wherever it stands.`);
  if (type !== undefined && type !== profile.type)
    throw new UsageError(`--profile ${type}=${canonical}: it is a profile of ${profile.type}, not of ${type}.`);
}

const NO_GUIDE = 'R4 itself does not have it; name the guide that does with --ig.';

function missing(url: string, canonicals: readonly string[]): string {
  const last = (one: string): string => one.slice(one.lastIndexOf('/') + 1);
  const names = new Map(canonicals.map((one) => [last(one), one]));
  const near = namesNear(last(url), [...names.keys()], 3).map((name) => names.get(name) ?? name);
  return `no guide that was loaded has this profile.${near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`}`;
}
