/** Runs of digits, and what stands between them. */
const PARTS = /\d+|\D+/g;

/** Compares two versions part by part, numbers by their size. */
function compare(a: string, b: string): number {
  const [left, right] = [a.match(PARTS) ?? [], b.match(PARTS) ?? []];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [one = '', other = ''] = [left[index], right[index]];
    const order = Number(one) - Number(other);
    if (order < 0 || order > 0) return order;
    if (Number.isNaN(order) && one !== other) return one < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** Puts the newest version first; a release comes before what led to it (`2.0.0` before `2.0.0-ballot`). */
export function byNewest(a: string | undefined, b: string | undefined): number {
  const [[one = '', ...before], [other = '', ...after]] = [(a ?? '').split('-'), (b ?? '').split('-')];
  return compare(other, one) || before.length - after.length || compare(after.join('-'), before.join('-'));
}
