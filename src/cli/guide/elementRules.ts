import type { LoadedGuide } from '../../validate/profile/loadGuide.js';
import { shown } from '../../validate/profile/values.js';

type Profile = NonNullable<ReturnType<LoadedGuide['profile']>>;
type Overlay = Profile['overlay'];

/** What a profile says of an element. */
export interface ElementSays {
  /** Its id in the profile, `Patient.identifier:mrn.system`. */
  readonly id: string;
  readonly says: readonly string[];
}

/** What a profile says of an element, its slices and all that is below; nothing where it says nothing beyond R4. */
export function elementRules({ overlay }: Profile, path: string, { codes }: Pick<LoadedGuide, 'codes'>): ElementSays[] {
  const [, ...steps] = path.split('.');
  let found: readonly Overlay[] = [overlay];
  for (const step of steps) {
    const [name = '', slice] = step.replace(/\[(x|\d+)\]$/, '').split(':');
    const children = found
      .flatMap((one) => [one, ...one.slices.values()])
      .flatMap((one) => one.children.get(name) ?? []);
    found = slice === undefined ? children : children.flatMap((one) => one.slices.get(slice) ?? []);
  }
  return found.flatMap((one) => below(one, codes));
}

function below(overlay: Overlay, codes: LoadedGuide['codes']): ElementSays[] {
  const says = rulesOf(overlay, codes);
  return [
    ...(says.length === 0 ? [] : [{ id: overlay.id, says }]),
    ...[...overlay.slices.values(), ...overlay.children.values()].flatMap((one) => below(one, codes)),
  ];
}

function rulesOf(overlay: Overlay, codes: LoadedGuide['codes']): string[] {
  const { min, max, types, fixed, pattern, bindings, constraints, maxLength, least, most, slicing, isMustSupport } =
    overlay;
  const discriminators = slicing?.discriminators.map(({ type, path }) => `${type} of ${path}`).join(' and ') ?? '';
  return [
    ...(min === 0 ? [] : [min === 1 ? 'required' : `at least ${min} times`]),
    ...(max === Number.POSITIVE_INFINITY
      ? []
      : [max === 0 ? 'not allowed' : max === 1 ? 'once' : `at most ${max} times`]),
    ...types.map((allowed) => `of ${allowed.map(typeOf).join(' or ')}`),
    ...fixed.map((one) => `${shown(one)} and nothing else`),
    ...pattern.map((one) => `with ${shown(one)} in it`),
    ...bindings.map(
      ({ strength, valueSet }) =>
        `a code of ${codes(valueSet)?.name ?? 'a value set that no package has'} (${strength}, ${valueSet})`,
    ),
    ...(maxLength === Number.POSITIVE_INFINITY ? [] : [`at most ${maxLength} characters`]),
    ...least.map((one) => `${shown(one)} or more`),
    ...most.map((one) => `${shown(one)} or less`),
    ...(discriminators === ''
      ? []
      : [`sliced by ${discriminators}${slicing?.rules === 'open' ? '' : `, ${slicing?.rules}`}`]),
    ...[...constraints.values()].map(({ key, human, expression }) => `${key}: ${human} (${expression})`),
    ...(isMustSupport ? ['mustSupport'] : []),
  ];
}

function typeOf({ code, profiles, targetProfiles }: Overlay['types'][number][number]): string {
  const urls = [...profiles, ...targetProfiles];
  return `${code === '' ? 'text' : code}${urls.length === 0 ? '' : ` (${urls.join(' or ')})`}`;
}
