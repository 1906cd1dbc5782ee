import type { Invariant, Tree } from '../fhir/definitions.js';
import { isObject } from '../lens/json.js';
import { brokenEntries } from './bundle/brokenEntries.js';
import { type Check, compile, type Place } from './fhirpath/compile.js';
import { HOW_TO_HAVE_ONE, type Interpreter, interpreter } from './fhirpath/interpret.js';
import { triggersOf } from './fhirpath/triggers.js';
import { report, reportAs, type Walk } from './walk.js';

/** An invariant, with the closure that its syntax tree became; without one, fhirpath evaluates it. */
export interface Prepared {
  readonly invariant: Invariant;
  readonly check: Check | undefined;
  readonly interpret: Interpreter;
  /** Bits of the elements without all of which the invariant holds; all bits where it may fail on any element. */
  readonly needs: number;
}

/** All bits: of an invariant that may fail on any element, and of an element of which nobody knows what it has. */
const ANY = -1;

/**
 * The invariants of a place that FHIRPath says; those that code checks stand elsewhere. `bitOf` gives the bit of an element
 * whose presence the walk notes.
 */
export function prepare(
  invariants: readonly Invariant[],
  place: Place,
  bitOf: (element: string) => number | undefined = () => undefined,
): readonly Prepared[] {
  return invariants.flatMap((invariant) =>
    invariant.tree === undefined
      ? []
      : [
          {
            invariant,
            check: compile(invariant.tree, place),
            interpret: interpreter(invariant.expression, place),
            needs: 'structure' in place ? needsOf(triggersOf(invariant.tree, place.structure), bitOf) : ANY,
          },
        ],
  );
}

function needsOf(triggers: ReadonlySet<string> | undefined, bitOf: (element: string) => number | undefined): number {
  let needs = 0;
  for (const trigger of triggers ?? []) needs |= bitOf(trigger) ?? ANY;
  return triggers === undefined ? ANY : needs;
}

/** A rule of best practice, which is looked at on request only. */
const BEST_PRACTICE = 'dom-6';

/**
 * Evaluates the invariants of the element in focus (https://hl7.org/fhir/R4/conformance-rules.html#constraints). An empty
 * result is a failure. `since` is the number of findings before the element was looked at, `seen` has the
 * bits of what it has.
 */
export function checkInvariants(
  prepared: readonly Prepared[],
  value: unknown,
  sibling: unknown,
  since: number,
  walk: Walk,
  seen = ANY,
): void {
  for (let index = 0; index < prepared.length; index += 1) {
    const one = prepared[index];
    if (one === undefined || (one.needs !== ANY && (one.needs & seen) === 0)) continue;
    if (one.invariant.key === BEST_PRACTICE && !walk.bestPractice) continue;
    const holds = one.check?.(value, sibling, walk.environment);
    if (holds !== true) judge(one, holds, value, sibling, since, walk);
  }
}

function judge(
  { invariant, interpret }: Prepared,
  holds: boolean | undefined,
  value: unknown,
  sibling: unknown,
  since: number,
  walk: Walk,
): void {
  const { key, severity, human, tree = '' } = invariant;
  if (followsFrom(tree, since, walk)) return;
  if (holds === undefined) {
    const answer = interpret(value, sibling, walk.environment);
    if ('problem' in answer) reportNotEvaluated(invariant, answer.problem === 'engine-absent', walk);
    if ('problem' in answer || answer.holds) return;
  }
  const finding = { severity, code: 'invariant', id: key, diagnostics: human } as const;
  const entries = isObject(value) ? brokenEntries(key, value) : [];
  for (const index of entries) reportAs(walk, finding, 'entry', index);
  if (entries.length === 0) reportAs(walk, finding);
}

function reportNotEvaluated({ key, human }: Invariant, isEngineAbsent: boolean, walk: Walk): void {
  const how = isEngineAbsent ? ` (${HOW_TO_HAVE_ONE})` : '';
  report(walk, 'invariant-not-evaluated', `${key} could not be evaluated here: ${human}${how}`);
}

/**
 * True where an invariant fails over an element below that is malformed or missing, and is reported as that: the value
 * cannot be compared, and would be blamed twice. The invariant has to name every step of the way to it, but for the value of a
 * quantity, which it compares without saying so.
 */
function followsFrom(tree: Tree, since: number, walk: Walk): boolean {
  for (let index = since; index < walk.findings.length; index += 1) {
    const finding = walk.findings[index];
    if (finding === undefined || finding.severity !== 'error' || finding.code === 'invariant') continue;
    const below = finding.names.slice(walk.depth + 1);
    const named = below.at(-1) === 'value' && below.length > 1 ? below.slice(0, -1) : below;
    if (named.length > 0 && named.every((name) => mentions(tree, name))) return true;
  }
  return false;
}

function mentions(tree: Tree, name: string): boolean {
  if (typeof tree === 'string') return tree === name;
  return Array.isArray(tree) && tree[0] !== 's' && tree.some((part: Tree) => mentions(part, name));
}
