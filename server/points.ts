/**
 * Where a crash matters: after the decision and before a write, after the writes were sent and before their
 * COMMIT is answered, after that and before the answers; before the outbox is published, and after it before that is noted.
 */
export const points = ['decided', 'written', 'committed', 'publishing', 'published'] as const;
export type Point = (typeof points)[number];

/** For tests that die there on purpose: called at each point and waited for. There is none in production. */
export type OnPoint = (point: Point) => void | Promise<void>;
