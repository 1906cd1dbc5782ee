import { isFailure } from '../../lens/issue.js';
import type { Finding, Walk } from '../walk.js';
import { STOP } from '../walk.js';

/** Whether a look finds no error. What it finds is not reported. */
export function holds(walk: Walk, look: (trial: Walk) => void): boolean {
  const findings: Finding[] = [];
  const trial: Walk = { ...walk, findings, maxIssues: 1000, isCut: false };
  try {
    look(trial);
  } catch (thrown) {
    if (thrown !== STOP) throw thrown;
    return false;
  } finally {
    walk.budget = trial.budget;
  }
  return !findings.some(isFailure);
}
