/** A count as people read it: `1,204`. Without Intl, whose first use takes longer than a conversion. */
export function number(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A count with what it counts: `1 record`, `1,204 records`. */
export function amount(count: number, name: string, several = `${name}s`): string {
  return `${number(count)} ${count === 1 ? name : several}`;
}
