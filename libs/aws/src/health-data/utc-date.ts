/** Epoch milliseconds of the years 1 to 9999: what a key can hold. */
export const earliest = -62_135_596_800_000;
export const latest = 253_402_300_799_999;

/** @param instant epoch milliseconds from `earliest` to `latest` @returns YYYY-MM-DD */
export function utcDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
