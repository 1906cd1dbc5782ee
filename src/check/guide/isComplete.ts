import type { NotChecked } from '../finding.js';
import type { GuideUse } from './guideUse.js';

/** True where all that guides ask was checked: what `--require-complete` asks for. */
export function isComplete(
  guide: GuideUse | undefined,
  { profiles, otherProfiles, terminology }: Omit<NotChecked, 'files' | 'endings'>,
): boolean {
  if (profiles.length > 0 || otherProfiles > 0 || terminology) return false;
  if (guide === undefined) return true;
  const { held, unchecked, partsNotChecked, faults } = guide;
  return held.length > 0 && unchecked.length === 0 && partsNotChecked === 0 && faults.length === 0;
}
