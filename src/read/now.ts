/** Milliseconds of a clock that only goes forward. `performance` has one, too, but takes longer to load than a small file to read. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
