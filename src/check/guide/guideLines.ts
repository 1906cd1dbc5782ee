import { amount, number } from '../../report/amount.js';
import { type GuideUse, uncheckedBindings } from './guideUse.js';

/** How many names are said before the others are only counted. */
const MOST = 8;

/** The remarks of which lines on guides, and on what was not checked, say all. */
export const TOLD: ReadonlySet<string> = new Set([
  'profile-not-checked',
  'profile-binding-not-checked',
  'profile-part-not-checked',
]);

/** What a run did with its guides, in sentences; `isWarning` marks those that say what was not checked. */
export function guideLines(guide: GuideUse): { readonly text: string; readonly isWarning: boolean }[] {
  const { packages, notes, absent, held, unchecked, partsNotChecked, faults } = guide;
  const asked = packages.filter(({ isDependency }) => !isDependency).map(nameOf);
  const besides = packages.filter(({ isDependency }) => isDependency).map(nameOf);
  const say = (text: string) => ({ text, isWarning: false });
  const warn = (text: string) => ({ text, isWarning: true });
  return [
    say(
      `Guides: ${asked.length === 0 ? "R4's own profiles" : asked.join(', ')}${besides.length === 0 ? '' : `; they depend on ${besides.join(', ')}`}.`,
    ),
    ...notes.map(say),
    held.length === 0 ? warn(NOTHING_HELD) : say(`Held to: ${some(held.map(heldTo))}.`),
    ...(unchecked.length === 0
      ? []
      : [
          warn(
            `Not checked: ${amount(uncheckedBindings(guide), 'binding')}, to ${some(unchecked.map(({ name, count }) => `${name}${times(count)}`))}. --terminology takes what these value sets expand to.`,
          ),
        ]),
    ...(partsNotChecked === 0
      ? []
      : [warn(`Not checked: ${amount(partsNotChecked, 'part')} of profiles. --remarks shows each.`)]),
    ...(absent.length === 0
      ? []
      : [
          warn(
            `Absent: ${some(absent.map(({ name, version, wantedBy }) => `${name} ${version}, which ${wantedBy} asks for`))}. What ${absent.length === 1 ? 'it defines' : 'they define'} was not checked; fhir-packages is a place to put ${absent.length === 1 ? 'it' : 'them'}.`,
          ),
        ]),
    ...(faults.length === 0
      ? []
      : [
          warn(
            `Of the guides this was not used as it was asked for: ${some(faults.map(({ url, element, says }) => `${url}${element === undefined ? '' : ` ${element}`} (${says.replace(/\.$/, '')})`))}.`,
          ),
        ]),
  ];
}

const NOTHING_HELD =
  'No resource was held to a profile: none claims one that these guides have. --profile URL holds all resources of its type to one.';

const nameOf = ({ name, version }: GuideUse['packages'][number]): string =>
  version === undefined ? name : `${name} ${version}`;

const times = (count: number): string => (count === 1 ? '' : ` (${number(count)})`);

function heldTo({ profile, resources, claimed }: GuideUse['held'][number]): string {
  const claims = claimed === resources ? '' : claimed === 0 ? ', none claims it' : `, ${number(claimed)} claim it`;
  return `${profile.slice(profile.lastIndexOf('/') + 1)} (${amount(resources, 'resource')}${claims})`;
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST;
  return [...names.slice(0, MOST), ...(rest > 0 ? [`and ${amount(rest, 'other')}`] : [])].join(', ');
}
