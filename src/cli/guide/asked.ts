import type { Settings } from '../../check/settings.js';

/** What a run is told of guides. */
export type GuideSettings = Pick<Settings, 'ig' | 'profile' | 'terminology' | 'mustSupport'>;

/** True where a run is told of guides at all. */
export const asksForGuide = ({ ig, profile, terminology, mustSupport }: GuideSettings): boolean =>
  ig.length > 0 || profile.length > 0 || terminology.length > 0 || mustSupport;
