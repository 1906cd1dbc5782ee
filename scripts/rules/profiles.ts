import type { Entries } from './entry.js';

/** What the profiles of implementation guides ask. No example: each guide asks for something else. */
export const profiles: Entries = {
  'profile-min': {
    fix: 'Give the element, or the slice of it that the message names, as often as the profile requires.',
  },
  'profile-max': { fix: 'Take away what is more than the profile allows; a most of 0 forbids the element.' },
  'profile-type': { fix: 'Use one of the types, or a resource of the type, that the message names.' },
  'profile-fixed': { fix: 'Use the value that the message gives, with nothing added.' },
  'profile-pattern': { fix: 'Put what the message gives into the value; more may stand beside it.' },
  'profile-length': { fix: 'Shorten the text to the length that the message gives.' },
  'profile-range': { fix: 'Use a value within the bound that the message gives.' },
  'profile-target': { fix: 'Refer to a resource of a type, and of a profile, that the message names.' },
  'profile-binding': { fix: 'Use a code of the value set that the message names.' },
  'profile-binding-extensible': {
    fix: 'Use a code of the value set that the message names, if one of them means the same.',
  },
  'profile-binding-not-checked': {
    fix: 'Look at the code by hand, or load the value set with its codes: a package that has it, or an expansion in a folder of --terminology.',
  },
  'profile-must-support': {
    fix: 'Nothing, where there is no such thing to say; else add it: who receives the record is able to use it.',
  },
  'profile-part-not-checked': {
    fix: 'Mend what the message names in the guide, or load the package that has it; look at the record by hand meanwhile.',
  },
  'profile-other-version': {
    fix: 'Nothing in the record, most often; load the guide in the version that it claims, beside the other one or in its place.',
  },
  'profile-slice-closed': {
    fix: 'Take away what is none of the slices of the profile, or stands before the last of them.',
  },
  'profile-slice-order': { fix: 'Put the items in the order of the slices of the profile.' },
  'profile-context': { fix: 'Move the extension to an element that its definition names as a context.' },
};
