import type { OperationOutcome } from 'fhir/r4.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { operationOutcome } from '../fhir/outcome.js';
import { type Issue, isFailure } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Engine } from './fhirpath/engine.js';
import { ItemSets } from './fhirpath/itemSets.js';
import { noneFine } from './glance/fine.js';
import type { Guide } from './guide.js';
import { lookAtResource, resolverOf } from './lookAtResource.js';
import { RULES } from './rules.js';
import { WALKERS } from './structure.js';
import { prepareRules, type ValidationRule } from './userRules.js';
import { type RuleWatch, report, STOP, type Walk } from './walk.js';

/** How `validate` looks at a resource. */
export interface ValidateOptions {
  /** True to look at rules of best practice, too (dom-6: a resource should have a narrative). */
  readonly bestPractice?: boolean;
  /**
   * The caller's own rules, in FHIRPath. They have no time limit: a rule whose regular expression never comes to an end never does. Run
   * rules that you do not trust where you can end them; the command line runs them in a thread, and ends it.
   */
  readonly rules?: readonly ValidationRule[];
  /**
   * The engine of the caller's rules: `fhirpath` of clinik-fhir/fhirpath. In Node, it is found without this option, unless the program
   * is one file without packages beside it; anywhere else, an import of clinik-fhir/fhirpath for its effect does as well.
   */
  readonly fhirpath?: Engine;
  /**
   * How many issues are reported at most, of 1 to 100,000; 1,000 if left out or no such number. An error is never left out for
   * another issue.
   */
  readonly maxIssues?: number;
  /**
   * What implementation guides define, from `loadGuide`. A resource is held to the profiles that it claims in `meta.profile`, and an
   * extension to its definition.
   */
  readonly profiles?: Guide;
  /** Canonicals of profiles of `profiles` that every resource of their types is held to, whatever it claims. */
  readonly profile?: readonly string[];
  /** True to note, as `profile-must-support`, which elements that profiles mark as mustSupport are not there. It is no fault. */
  readonly mustSupport?: boolean;
}

const MAX_ISSUES = 1000;
const MOST_ISSUES = 100_000;

/** More objects than any JSON text that a string can hold. */
const BUDGET = 50_000_000;

/**
 * Checks a resource or Bundle against R4 4.0.1: structure, primitive formats, bindings, references, invariants, narrative and
 * the rules of Bundles (https://hl7.org/fhir/R4/validation.html). Profiles and terminologies outside of R4 are not looked at.
 *
 * Returns an OperationOutcome with at least one issue, of severity `information` where all is well. `expression` is the
 * FHIRPath location, `details.coding[0].code` the stable identifier of the rule. No message holds a value of the record.
 * Never throws, whatever the input; the input is not changed.
 */
export function validate(input: unknown, options?: ValidateOptions): OperationOutcome {
  return operationOutcome(validationIssues(input, options));
}

/** The issues that `validate` reports, at least one. `watch` is told of the caller's rules. */
export function validationIssues(input: unknown, options?: ValidateOptions, watch?: RuleWatch): readonly Issue[] {
  const read = readOptions(options);
  const { bestPractice, rules, fhirpath, maxIssues, profiles, profile, mustSupport } = read ?? {};
  const engine = isEngine(fhirpath) ? fhirpath : undefined;
  const walk = startWalk(bestPractice === true, maxIssues, engine, watch);
  try {
    if (read === undefined) report(walk, 'rule-invalid', 'The options cannot be read.');
    if (fhirpath !== undefined && !isEngine(fhirpath)) report(walk, 'rule-invalid', NO_ENGINE);
    if (rules !== undefined && rules !== null) useRules(rules, walk);
    if (profiles !== undefined || profile !== undefined) useGuide(profiles, profile, mustSupport === true, walk);
    start(input, walk);
  } catch (thrown) {
    if (thrown !== STOP) reportUnreadable(walk);
  }
  return conclude(walk);
}

/** The options, each read once; undefined where reading one fails. */
function readOptions(options: ValidateOptions | undefined) {
  try {
    const { bestPractice, rules, fhirpath, maxIssues, profiles, profile, mustSupport } = options ?? {};
    return { bestPractice, rules, fhirpath, maxIssues, profiles, profile, mustSupport };
  } catch {
    return undefined;
  }
}

const NO_ENGINE = 'The option fhirpath takes what clinik-fhir/fhirpath exports.';

function isEngine(value: unknown): value is Engine {
  return isObject(value) && typeof value.faultIn === 'function' && typeof value.evaluation === 'function';
}

function startWalk(
  bestPractice: boolean,
  maxIssues: unknown,
  engine: Engine | undefined,
  watch: RuleWatch | undefined,
): Walk {
  const walk: Walk = {
    names: ['Resource'],
    indexes: [-1],
    depth: 0,
    budget: BUDGET,
    environment: {
      resource: NOTHING,
      rootResource: NOTHING,
      resolve: resolverOf(() => walk),
      sets: new ItemSets(),
      ...(engine === undefined ? {} : { engine }),
    },
    resourceDepth: 0,
    walkers: WALKERS,
    fragments: undefined,
    ids: undefined,
    bundle: undefined,
    findings: [],
    bestPractice,
    rules: undefined,
    watch,
    profiles: undefined,
    maxIssues:
      typeof maxIssues === 'number' && maxIssues >= 1 ? Math.min(Math.floor(maxIssues), MOST_ISSUES) : MAX_ISSUES,
    isCut: false,
    isGlance: false,
    isInDoubt: false,
    fine: noneFine(),
  };
  return walk;
}

const NO_GUIDE = 'The option profiles takes what loadGuide gives, and the option profile canonicals of profiles in it.';

function useGuide(guide: unknown, forced: unknown, mustSupport: boolean, walk: Walk): void {
  const urls: readonly unknown[] = Array.isArray(forced) ? forced : [];
  const canonicals = urls.filter((url) => typeof url === 'string');
  const isList = forced === undefined || (Array.isArray(forced) && canonicals.length === urls.length);
  if (isGuide(guide) && isList) walk.profiles = guide.hold(canonicals, mustSupport);
  else report(walk, 'rule-invalid', NO_GUIDE);
}

function isGuide(value: unknown): value is Guide {
  return isObject(value) && typeof value.hold === 'function';
}

function useRules(rules: readonly ValidationRule[], walk: Walk): void {
  if (!Array.isArray(rules)) {
    report(walk, 'rule-invalid', 'The rules are no array.');
    return;
  }
  const prepared = readRules(rules, walk);
  if (prepared !== undefined && prepared.rules.size > 0) walk.rules = prepared.rules;
  for (const fault of prepared?.faults ?? ['The rules cannot be read.']) report(walk, 'rule-invalid', fault);
}

/** The rules made ready, or undefined where reading a property of one fails: that is no fault of the record. */
function readRules(rules: readonly ValidationRule[], walk: Walk): ReturnType<typeof prepareRules> | undefined {
  try {
    return prepareRules(rules, walk.environment.engine);
  } catch {
    return undefined;
  }
}

const NOTHING: JsonObject = {};

function start(input: unknown, walk: Walk): void {
  const type = isObject(input) ? own(input, 'resourceType') : undefined;
  if (typeof type !== 'string') {
    report(walk, 'not-a-resource');
    return;
  }
  if (RESOURCE_TYPES.has(type)) walk.names[0] = type;
  lookAtResource(input, 'inside', walk);
}

/** A property that throws when it is read, or a stack that ends early: nothing more can be said of the value. */
function reportUnreadable(walk: Walk): void {
  try {
    report(walk, 'unreadable');
  } catch {
    // There is no room for one more error; there is one already.
  }
}

function conclude({ findings, isCut, maxIssues }: Walk): readonly Issue[] {
  if (findings.length === 0) return [plain('valid')];
  if (!isCut || maxIssues === 1) return findings;
  const lesser = findings.map(isFailure).lastIndexOf(false);
  const last = lesser < 0 ? findings.length - 1 : lesser;
  return [...findings.filter((_, index) => index !== last), plain('issues-truncated')];
}

function plain(id: 'valid' | 'issues-truncated'): Issue {
  const { severity, code, says } = RULES[id];
  return { severity, code, id, expression: [], diagnostics: says };
}
