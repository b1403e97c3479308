// The day in the city, by the clock of this device.

const JAKARTA = 7 * 3600000; // milliseconds; Asia/Jakarta has no summer time

/** The day as YYYY-MM-DD; where the server says the day, that one is used. */
export function cityDay(): string {
  return new Date(Date.now() + JAKARTA).toISOString().slice(0, 10);
}
