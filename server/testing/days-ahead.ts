/**
 * Moves the clock of a Node process ahead by `ADMIT_DAYS_AHEAD` days, to find tests that fail on a later day. tools/test.ts loads it
 * into every process of a run. PostgreSQL and the browser keep the machine's clock.
 */
const aheadMs = Number(process.env.ADMIT_DAYS_AHEAD ?? 0) * 86_400_000;

globalThis.Date = new Proxy(Date, {
  construct: (real, given, called) =>
    Reflect.construct(real, given.length === 0 ? [real.now() + aheadMs] : given, called),
  get: (real, name) => (name === 'now' ? () => real.now() + aheadMs : Reflect.get(real, name)),
});
