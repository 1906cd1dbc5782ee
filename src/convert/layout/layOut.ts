import { bodyFile, recordFile, waveFile } from '../../read/runFiles.js';
import { type Packing, pack } from './packing.js';
import { PATHS, type Payloads } from './payloads.js';
import type { UploadForm } from './uploadForm.js';

/** A line of an output. */
export interface At {
  readonly file: string;
  readonly line: number;
}

/** Where the payloads of a run stand in the end. */
export interface Layout {
  /** True where that is where they were written in the first place. */
  readonly isPlain: boolean;
  /** Begins to tell where payloads stand, which are asked for in the order of the input: all, or all of a path. */
  places(): (payload: number) => At;
  /** The bodies, where there are some. */
  readonly packing?: Packing;
}

/** The layout of payloads in a form. */
export function layOut(payloads: Payloads, form: UploadForm): Layout {
  if (form.kind === 'bodies') return inBodies(payloads, pack(payloads, form.maxBody));
  const { order, pathOf } = payloads;
  const isPlain = form.kind === 'paths';
  return {
    isPlain,
    places() {
      const lines = new Uint32Array((isPlain ? 1 : order.waves) * PATHS.length);
      return (payload) => {
        const path = pathOf(payload);
        const wave = order.waveOf(payload);
        const group = (isPlain ? 0 : wave) * PATHS.length + PATHS.indexOf(path);
        const line = (lines[group] ?? 0) + 1;
        lines[group] = line;
        return { file: isPlain ? recordFile(path) : waveFile(wave, path), line };
      };
    },
  };
}

function inBodies({ order, pathOf }: Payloads, packing: Packing): Layout {
  return {
    isPlain: false,
    packing,
    places() {
      const place = packing.places();
      return (payload) => {
        const { body, line } = place(payload);
        return { file: bodyFile(body, packing.bodies, order.waveOf(payload), pathOf(payload)), line };
      };
    },
  };
}
