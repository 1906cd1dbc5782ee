import { isFailure } from '../../lens/issue.js';
import type { Finding, Walk } from '../walk.js';
import { STOP } from '../walk.js';

/** More than what a trial finds that is no error. */
const ROOM = 20;

/** Whether a look finds no error; undefined where it could not look at all. What it finds is not reported. */
export function holds(walk: Walk, look: (trial: Walk) => void): boolean | undefined {
  const findings: Finding[] = [];
  const trial: Walk = { ...walk, findings, maxIssues: ROOM, isCut: false };
  try {
    look(trial);
  } catch (thrown) {
    if (thrown !== STOP) throw thrown;
    return false;
  } finally {
    walk.budget = trial.budget;
  }
  if (findings.some(isFailure)) return false;
  return findings.some(({ id }) => id.endsWith('-not-checked')) ? undefined : true;
}
