import { type Overlay, overlay } from '../../profiles/overlay.js';

const made = new WeakMap<Overlay, Overlay>();

/**
 * What of an overlay tells one value from another: fixed values, patterns, required bindings, and that what has them is there. All else
 * that a slice asks is asked of what is in it (https://hl7.org/fhir/R4/profiling.html#discriminator).
 */
export function criterionOf(of: Overlay): Overlay {
  const before = made.get(of);
  if (before !== undefined) return before;
  const criterion = { ...overlay(of.name, of.id), min: of.min, slicing: of.slicing };
  made.set(of, criterion);
  criterion.fixed.push(...of.fixed);
  criterion.pattern.push(...of.pattern);
  criterion.bindings.push(...of.bindings.filter(isRequired));
  for (const [name, child] of of.children) if (tells(child)) criterion.children.set(name, criterionOf(child));
  for (const [name, slice] of of.slices) if (tells(slice)) criterion.slices.set(name, criterionOf(slice));
  return criterion;
}

const isRequired = ({ strength }: Overlay['bindings'][number]): boolean => strength === 'required';

/** True for what can tell one value from another. */
export function tells({ fixed, pattern, bindings, children, slices }: Overlay): boolean {
  const isTold = fixed.length > 0 || pattern.length > 0 || bindings.some(isRequired);
  return isTold || [...children.values(), ...slices.values()].some(tells);
}
