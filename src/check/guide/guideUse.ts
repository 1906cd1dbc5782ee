import type { AbsentPackage } from '../../read/packages/place.js';
import type { GuidePackage } from '../../read/packages/readPackages.js';
import type { GuideCounts, RunGuide } from '../../read/packages/runGuide.js';

type GuideFault = GuideCounts['faults'][number];

/** What a run did with the guides that it was given. */
export interface GuideUse {
  readonly packages: readonly GuidePackage[];
  /** What is not as a package asks for it, in sentences. */
  readonly notes: readonly string[];
  readonly absent: readonly AbsentPackage[];
  /** The profiles that resources were held to, the most frequent first. */
  readonly held: readonly { readonly profile: string; readonly resources: number; readonly claimed: number }[];
  /** The value sets whose bindings could not be checked, the most frequent first. */
  readonly unchecked: readonly { readonly valueSet: string; readonly name: string; readonly count: number }[];
  /** How often another part of a profile, a rule of its own for one, could not be checked. */
  readonly partsNotChecked: number;
  /** What of the guides could not be used. */
  readonly faults: readonly GuideFault[];
}

/** Adds up what the threads of a run say. */
export function guideTotals() {
  const held = new Map<string, { resources: number; claimed: number }>();
  const unchecked = new Map<string, { name: string; count: number }>();
  const faults = new Map<string, GuideFault>();
  let partsNotChecked = 0;
  return {
    add(news: GuideCounts): void {
      partsNotChecked += news.partsNotChecked;
      for (const [canonical, resources, claimed] of news.held) {
        const before = held.get(canonical) ?? { resources: 0, claimed: 0 };
        held.set(canonical, { resources: before.resources + resources, claimed: before.claimed + claimed });
      }
      for (const [canonical, name, count] of news.unchecked)
        unchecked.set(canonical, { name, count: (unchecked.get(canonical)?.count ?? 0) + count });
      // Each thread finds them for itself.
      for (const fault of news.faults) faults.set(`${fault.url} ${fault.element ?? ''} ${fault.says}`, fault);
    },
    use({ guide: { packages, notes, absent } }: RunGuide): GuideUse {
      return {
        packages,
        notes,
        absent,
        held: [...held]
          .map(([profile, counts]) => ({ profile, ...counts }))
          .sort((a, b) => b.resources - a.resources || (a.profile < b.profile ? -1 : 1)),
        unchecked: [...unchecked]
          .map(([valueSet, counts]) => ({ valueSet, ...counts }))
          .sort((a, b) => b.count - a.count || (a.valueSet < b.valueSet ? -1 : 1)),
        partsNotChecked,
        faults: [...faults.values()],
      };
    },
  };
}

/** How many bindings were not checked. */
export const uncheckedBindings = ({ unchecked }: GuideUse): number =>
  unchecked.reduce((sum, { count }) => sum + count, 0);
