import { withoutUnicode } from '../../src/validate/fhirpath/pattern.ts';

/** What `new RegExp` is in fhirpath's functions of texts: it gives the flags `u` and `s`, which Rhino 1.7.13 does not have. */
export function regExpOf(pattern, flags) {
  const portable = withoutUnicode(pattern, flags.includes('s'));
  if (portable === undefined) throw new Error('There is no such pattern here.');
  return new RegExp(portable, flags.replace(/[su]/g, ''));
}
