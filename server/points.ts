/**
 * Points at which a crash matters: after the decision and before a write; after the writes are sent and before their
 * COMMIT is answered; after that and before the callers are answered; before a message is published; after publishing
 * and before the cursor moves.
 */
export const points = ['decided', 'written', 'committed', 'publishing', 'published'] as const;
export type Point = (typeof points)[number];

/** For tests that kill the process at a point: called at each point and awaited. Production has none. */
export type OnPoint = (point: Point) => void | Promise<void>;
