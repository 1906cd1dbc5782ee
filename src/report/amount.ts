/** A count as people read it: `1,204`. */
export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count with what it counts: `1 record`, `1,204 records`. */
export function amount(count: number, name: string, several = `${name}s`): string {
  return `${number(count)} ${count === 1 ? name : several}`;
}
