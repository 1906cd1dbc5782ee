import { bodyFile, rawFile, recordFile, waveFile } from '../../read/runFiles.js';
import { type Packing, pack } from './packing.js';
import type { Payloads } from './payloads.js';
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
  /** The same of what goes as it is, which is in no body. */
  rawPlaces(): (record: number) => At;
  /** The bodies, where there are some. */
  readonly packing?: Packing;
}

/** The layout of payloads in a form. */
export function layOut(payloads: Payloads, form: UploadForm): Layout {
  const isSplit = form.kind === 'waves';
  const { order } = payloads;
  const inFiles = (groupOf: (record: number) => string | undefined, fileOf: FileOf) => () => {
    const lines = new Map<string, number>();
    return (record: number): At => {
      const group = groupOf(record);
      if (group === undefined) throw new RangeError('There is nothing of this record in the outputs.');
      const file = fileOf(group, isSplit ? order.waveOf(record) : undefined);
      const line = (lines.get(file) ?? 0) + 1;
      lines.set(file, line);
      return { file, line };
    };
  };
  const rawPlaces = inFiles(payloads.rawTypeOf, rawFile);
  if (form.kind === 'bodies') return { ...inBodies(payloads, pack(payloads, form.maxBody)), rawPlaces };
  const places = inFiles(payloads.pathOf, (path, wave) =>
    wave === undefined ? recordFile(path) : waveFile(wave, path),
  );
  return { isPlain: !isSplit, places, rawPlaces };
}

type FileOf = (group: string, wave: number | undefined) => string;

function inBodies({ order, pathOf }: Payloads, packing: Packing): Omit<Layout, 'rawPlaces'> {
  return {
    isPlain: false,
    packing,
    places() {
      const place = packing.places();
      return (payload) => {
        const { body, line } = place(payload);
        return { file: bodyFile(body, packing.bodies, order.waveOf(payload), pathOf(payload) ?? ''), line };
      };
    },
  };
}
