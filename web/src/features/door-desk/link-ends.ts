const hourMs = 3_600_000;

/** When a new link may end. */
const linkEnds = ['after-event', 'with-event', 'in-4-hours', 'in-12-hours'] as const;
export type LinkEnd = (typeof linkEnds)[number];

/** The choices that make sense now: an event that is over has no end to come. */
export const linkEndsFor = (endsAt: string, nowMs: number): readonly LinkEnd[] =>
  linkEnds.filter((end) => expiryOf(end, endsAt, nowMs) > nowMs);

export function expiryOf(end: LinkEnd, endsAt: string, nowMs: number): number {
  if (end === 'in-4-hours') return nowMs + 4 * hourMs;
  if (end === 'in-12-hours') return nowMs + 12 * hourMs;
  return Date.parse(endsAt) + (end === 'after-event' ? 6 * hourMs : 0);
}
