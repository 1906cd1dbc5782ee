import type { Tone } from './page.js';

const WIDTH = 120;

/** Parts of a whole as a bar. Attributes of SVG say how wide they are, since the policy of the page takes no style of an element. */
export function bar(parts: readonly { readonly tone: Tone; readonly value: number }[]): string {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  let x = 0;
  const shapes = parts.map(({ tone, value }) => {
    const width = whole === 0 ? 0 : (value / whole) * WIDTH;
    const from = x;
    x += width;
    return value === 0 ? '' : `<rect class="${tone}" x="${rounded(from)}" width="${rounded(width)}" height="8"/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} 8" aria-hidden="true" preserveAspectRatio="none">${shapes.join('')}</svg>`;
}

/** No part is too small to be seen. */
const rounded = (value: number): number => Math.round(Math.max(value, 0) * 100) / 100;
