import { NAMED, READ as TARGETS } from '../../resources/targets/target.js';

/** The types of which a rule reads more than what they are called, wherever something refers to them. */
export const READ: ReadonlySet<string> = new Set([...TARGETS, 'Binary', 'PractitionerRole']);

/**
 * The types that are looked for to read more of a reference than an id. What is only named by a reason or a finding, of which a set may
 * have millions, is looked for by references that nothing else asks about: those that are relative.
 */
export const readAt =
  (reference: string) =>
  (resourceType: string): boolean =>
    READ.has(resourceType) || (NAMED.has(resourceType) && reference.startsWith(`${resourceType}/`));
