const nextYear = new Date().getUTCFullYear() + 1;

/** The date of a Sunday of the next year, as date fields have it. */
function sunday(month: number, nth: number): string {
  const first = new Date(Date.UTC(nextYear, month - 1, 1));
  const day = 1 + ((7 - first.getUTCDay()) % 7) + 7 * (nth - 1);
  return new Date(Date.UTC(nextYear, month - 1, day)).toISOString().slice(0, 10);
}

/** The next year's days on which New York changes its clocks at 02:00. */
export const newYork = { forward: sunday(3, 2), back: sunday(11, 1) };
