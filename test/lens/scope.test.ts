import { describe, expect, it } from '@jest/globals';
import { accepted, type Finding, quietly, report, took } from '../../src/lens/scope.js';
import { newScope } from '../support/toy.js';

const finding: Finding = { severity: 'error', code: 'value', id: 'bad', diagnostics: 'It is bad.' };
const warning: Finding = { ...finding, severity: 'warning', id: 'odd' };

describe('report', () => {
  it('records an issue at the current location, with further steps below it', () => {
    const scope = newScope();
    scope.at.push('list', 2);
    report(scope, finding);
    report(scope, finding, 'item', 0);
    expect(scope.issues?.map((issue) => issue.expression)).toStrictEqual([['list/2'], ['list/2/item/0']]);
    expect(scope.at).toStrictEqual(['list', 2]);
    expect(scope.issues?.[0]).toStrictEqual({ ...finding, expression: ['list/2'] });
  });

  it('refuses the record for an error or a fatal issue only', () => {
    const failedBy = (severity: Finding['severity']): boolean => {
      const scope = newScope();
      report(scope, { ...finding, severity });
      return scope.failed;
    };
    expect((['fatal', 'error', 'warning', 'information'] as const).map(failedBy)).toStrictEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('quietly', () => {
  it('records nothing and refuses nothing', () => {
    const scope = newScope();
    const result = quietly(scope, () => {
      report(scope, finding);
      return 'done';
    });
    expect(result).toBe('done');
    expect(scope.issues).toStrictEqual([]);
    expect(scope.failed).toBe(false);
  });

  it('keeps a failure that stood before it', () => {
    const scope = newScope();
    report(scope, finding);
    quietly(scope, () => report(scope, warning));
    expect(scope.failed).toBe(true);
    expect(scope.issues?.length).toBe(1);
  });

  it('records again after what it ran has thrown', () => {
    const scope = newScope();
    expect(() =>
      quietly(scope, () => {
        throw new Error('broken');
      }),
    ).toThrow(/broken/);
    report(scope, warning);
    expect(scope.issues?.length).toBe(1);
  });

  it('can be nested', () => {
    const scope = newScope();
    quietly(scope, () => {
      quietly(scope, () => report(scope, finding));
      report(scope, finding);
    });
    expect(scope.issues).toStrictEqual([]);
  });
});

describe('took', () => {
  it('notes where the items of a list came from, list by list', () => {
    const scope = newScope();
    const [one, two]: [unknown[], unknown[]] = [[], []];
    took(scope, one, [1]);
    took(scope, two, [2, 0]);
    expect(scope.origins?.get(one)).toStrictEqual([1]);
    expect(scope.origins?.get(two)).toStrictEqual([2, 0]);
  });

  it('notes nothing for a reading that only compares', () => {
    const scope = newScope();
    quietly(scope, () => took(scope, [], [1]));
    expect(scope.origins?.size).toBe(0);
  });
});

describe('accepted', () => {
  it('is true where no issue refuses the record', () => {
    const scope = newScope();
    report(scope, warning);
    expect(accepted(scope.issues ?? [])).toBe(true);
    report(scope, finding);
    expect(accepted(scope.issues ?? [])).toBe(false);
  });
});
