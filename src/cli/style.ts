import { createColors } from 'picocolors';

/** Colours for what people read; each gives its text back where there is none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly name: (text: string) => string;
}

/** The colours of a stream: none where it is no terminal, or where NO_COLOR says so (https://no-color.org). */
export function paint(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): Paint {
  const { NO_COLOR: off, FORCE_COLOR: on, TERM } = environment;
  const isForced = on !== undefined && on !== '' && on !== '0';
  const hasColours = !off && (isForced || (stream.isTTY === true && TERM !== 'dumb'));
  const { bold, dim, green, red, yellow, cyan } = createColors(hasColours);
  return { bold, dim, good: green, bad: red, warn: yellow, name: cyan };
}
