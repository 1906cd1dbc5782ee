import type { Loss } from '../../lens/diff.js';
import { type Issue, isFailure } from '../../lens/issue.js';
import type { FileFailure } from '../../read/inputBatches.js';
import type { Source } from '../../read/source.js';
import { render } from '../../report/html/render.js';
import type { Outcome } from '../filed.js';
import { flagsOf, pathOf } from '../options/flags.js';
import { groupOf, type Summary } from '../summary.js';
import { type Groups, groupsOf } from './groups.js';
import { type Reason, reportPage } from './reportPage.js';

/** Collects what a report in HTML shows of a run. */
export interface RunReport {
  add(conversion: Outcome | FileFailure): void;
  /** The document. `version` is that of clinik-fhir. */
  html(summary: Summary, version: string): string;
}

/** A report of nothing yet. */
export function runReport(): RunReport {
  const losses = groupsOf<Loss>();
  const rejections = groupsOf<Reason>();
  const warnings = groupsOf<Reason>();
  return {
    add(conversion) {
      if (conversion.kind === 'rejected') {
        note(rejections, conversion.issues.filter(isFailure), conversion.source);
      } else if (conversion.kind === 'converted' || conversion.kind === 'raw') {
        const said = conversion.issues.filter(({ severity }) => severity === 'warning');
        note(warnings, said, conversion.source);
        for (const loss of conversion.kind === 'raw' ? [] : conversion.losses) {
          const { path, kind, class: of, reason, remedy } = loss;
          losses.add(`${path} ${kind} ${of} ${reason} ${remedy}`, loss, conversion.source);
        }
      }
    },
    html: (summary, version) => render(reportPage(summary, { losses, rejections, warnings, version })),
  };
}

function note(groups: Groups<Reason>, issues: readonly Issue[], source: Source): void {
  for (const issue of issues) {
    const { id, diagnostics } = issue;
    const [path, flags] = [pathOf(issue), flagsOf(issue)];
    groups.add([groupOf(issue), path, ...flags].join(' '), { id, path, diagnostics, flags }, source);
  }
}
