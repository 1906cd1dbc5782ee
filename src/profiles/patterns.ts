import { NONE, NoPattern, type Part, PatternReader } from './patternReader.js';

/** The most steps that a pattern may come to, and the most work that a text may be with it. */
const MOST_STEPS = 1000;
const MOST_WORK = 100_000_000;

/** A step of the machine: a character, an edge, a choice of two ways, or the end. */
type Step =
  | { readonly kind: 'one'; readonly of: (code: number) => boolean }
  | { readonly kind: 'edge'; readonly is: (before: number, after: number) => boolean }
  | { readonly kind: 'ways'; first: number; second: number }
  | { readonly kind: 'end' };

/**
 * Whether a text has something that fits a regular expression (http://hl7.org/fhirpath/N1/#matchesregex-string-boolean). It takes all ways
 * at once, so that its time grows with the text and no faster, whatever the pattern. Undefined for a pattern with what cannot be
 * done so (what was found before, what comes after), and for one that is too large. The test throws for a text that is too long for it.
 */
export function patternTest(pattern: string): ((text: string) => boolean) | undefined {
  try {
    const steps = new Steps();
    steps.emit(new PatternReader(pattern).all());
    return (text) => run(steps.all(), text);
  } catch (error) {
    if (error instanceof NoPattern) return undefined;
    throw error;
  }
}

/** The steps that the parts of a pattern come to. */
class Steps {
  readonly #steps: Step[] = [];
  #emitted = 0;

  all(): readonly Step[] {
    return [...this.#steps, { kind: 'end' }];
  }

  emit(part: Part): void {
    this.#emitted += 1;
    if (this.#emitted > 2 * MOST_STEPS || this.#steps.length > MOST_STEPS) throw new NoPattern();
    switch (part.kind) {
      case 'one':
      case 'edge':
        this.#steps.push(part);
        break;
      case 'all':
        for (const one of part.parts) this.emit(one);
        break;
      case 'any':
        this.#any(part.parts);
        break;
      default:
        this.#repeat(part);
    }
  }

  /** Two ways, both to what comes next until they are led elsewhere. */
  #ways(): { first: number; second: number } {
    const next = this.#steps.length + 1;
    const step: Step = { kind: 'ways', first: next, second: next };
    this.#steps.push(step);
    return step;
  }

  #any(parts: readonly Part[]): void {
    const exits: { first: number; second: number }[] = [];
    for (const [index, part] of parts.entries()) {
      const choice = index < parts.length - 1 ? this.#ways() : undefined;
      this.emit(part);
      if (choice === undefined) break;
      exits.push(this.#ways());
      choice.second = this.#steps.length;
    }
    for (const exit of exits) {
      exit.first = this.#steps.length;
      exit.second = this.#steps.length;
    }
  }

  #repeat({ part, min, max }: Part & { kind: 'repeat' }): void {
    for (let count = 0; count < min; count += 1) this.emit(part);
    const exits: { second: number }[] = [];
    if (max === Number.POSITIVE_INFINITY) {
      const start = this.#steps.length;
      exits.push(this.#ways());
      this.emit(part);
      const back = this.#ways();
      back.first = start;
      back.second = start;
    } else {
      for (let count = min; count < max; count += 1) {
        exits.push(this.#ways());
        this.emit(part);
      }
    }
    for (const exit of exits) exit.second = this.#steps.length;
  }
}

function run(steps: readonly Step[], text: string): boolean {
  if (steps.length * text.length > MOST_WORK) throw new RangeError('the text is too long for the pattern');
  let now: number[] = [];
  const seen = new Array<number>(steps.length).fill(-1);
  let before = NONE;
  for (let at = 0; ; ) {
    const code = text.codePointAt(at) ?? NONE;
    const open = [...now, 0];
    const here: number[] = [];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen[next] === at) continue;
      seen[next] = at;
      const step = steps[next];
      if (step === undefined || step.kind === 'end') return true;
      if (step.kind === 'ways') open.push(step.second, step.first);
      else if (step.kind === 'one') here.push(next);
      else if (step.is(before, code)) open.push(next + 1);
    }
    if (code === NONE) return false;
    now = here.flatMap((index) => {
      const step = steps[index];
      return step?.kind === 'one' && step.of(code) ? [index + 1] : [];
    });
    before = code;
    at += code > 0xffff ? 2 : 1;
  }
}
