import type { SkipReason } from '../../src/convert/conversion.js';
import type { LossReason } from '../../src/lens/reason.js';
import { LOSS_REASONS } from '../../src/report/lossReasons.js';
import type { RulePage } from '../../src/report/rulePages.js';

const RAW = 'Keep the resource itself, or send it the raw way, /v1/fhir/{Type}; the residue has what is lost.';
const NOTHING = 'Nothing to fix.';

/** What to do about a loss, by its reason. */
const FIXES: { readonly [reason in LossReason]: string } = {
  'no-field': RAW,
  'one-of-several': RAW,
  'text-only': RAW,
  duplicate: NOTHING,
  'over-limit': 'Shorten it at the source; the residue has the whole of it.',
  'partial-date': "--partial-dates keep, or partialDates: 'keep' in code, keeps the date.",
  unresolved: 'Add the file with the record that it points at, or give resolve in code.',
  unmapped: 'Add a row to the id map.',
  'other-target': RAW,
  'words-only': 'Give it an id or a code at the source.',
  'other-system': "Give the coding a code of the field's own system, or a display, at the source.",
  denied: NOTHING,
  incomplete: 'Complete the item at the source.',
  'no-value': NOTHING,
  unsupported: RAW,
  nearest: RAW,
  joined: NOTHING,
  markup: NOTHING,
  same: NOTHING,
  beside: NOTHING,
  'on-upload': NOTHING,
  order: NOTHING,
  written: NOTHING,
};

const SKIPPED: { readonly [reason in SkipReason]: readonly [says: string, fix: string] } = {
  'other-type': ['There is no payload of this type.', 'Send the resource the raw way, /v1/fhir/{Type}.'],
  'no-resource': [
    'The entry holds no resource, or says that one was deleted.',
    'Delete an earlier upload of a deleted record.',
  ],
  'older-version': ['There is a newer version of the record, or its deletion.', NOTHING],
  copy: ['Another record of the same server, type and id says the same.', NOTHING],
  'same-form': ['The record has the form already that was asked for.', 'Leave out --to, or give it the other form.'],
  waiting: [
    'The id map does not know yet what the record points at: it is sent in an earlier wave.',
    'Send that, add the new ids to the map, and convert again.',
  ],
};

const page = (id: string, group: string, where: string, says: string, fix: string): RulePage => ({
  id,
  group,
  page: 'docs/files.md',
  meanings: [{ severity: 'information', where: [where], says, fix }],
});

/** The reasons of losses, and those why records are skipped. */
export function reasonPages(): readonly RulePage[] {
  return [
    ...Object.entries(LOSS_REASONS).map(([id, { says }]) =>
      page(id, 'Reasons of losses', 'what a payload cannot say', says, fixOf(id)),
    ),
    ...Object.entries(SKIPPED).map(([id, [says, fix]]) =>
      page(id, 'Reasons why records are skipped', 'a record', says, fix),
    ),
  ];
}

function fixOf(id: string): string {
  const fixes: Readonly<Record<string, string>> = FIXES;
  return fixes[id] ?? RAW;
}
