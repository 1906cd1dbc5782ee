import { withR4 } from '../../profiles/coreProfiles.js';
import { type Definitions, listed } from '../../profiles/definitions.js';
import { type GuideFault, type Profiles, profilesOf } from '../../profiles/profiles.js';
import type { Guide } from '../guide.js';
import { checkClaims } from './claims.js';
import { checkDefined } from './extension.js';
import { type GuideWatch, type Ready, startUse } from './use.js';

/** A guide, and what it has made ready. */
export interface LoadedGuide extends Guide, Profiles {}

/**
 * Takes StructureDefinitions, ValueSets and CodeSystems of R4, the resources of implementation guides; anything else among them says
 * nothing (https://hl7.org/fhir/R4/profiling.html). Nothing is compiled before it is used, and nothing is thrown for what is wrong
 * with a definition: `faults` has it.
 */
export function loadGuide(definitions: Iterable<unknown>): Guide {
  return guideOf(listed(definitions));
}

/**
 * The guide that definitions make, which may be read when they are first asked for. What cannot be used of them is added to
 * `faults`; `watch` is told what resources are held to.
 */
export function guideOf(definitions: Definitions, faults: GuideFault[] = [], watch?: GuideWatch): LoadedGuide {
  const profiles = profilesOf(withR4(definitions), faults);
  const ready: Ready = { plans: new WeakMap(), supportPlans: new WeakMap(), rules: new WeakMap() };
  return {
    ...profiles,
    hold(forced, mustSupport) {
      const use = startUse(profiles, ready, { forced, mustSupport, watch });
      return {
        resource: (value, type, claimed, walk) => checkClaims(value, type, claimed, use, walk),
        hasCode: (system, code) => profiles.hasCode(system, code),
        extension: (url, value, walk) => checkDefined(url, value, use, walk),
      };
    },
  };
}
