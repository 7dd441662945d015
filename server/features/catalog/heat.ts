/**
 * How hot an event is: a count of recent purchases and views that halves every day. It is stored as the logarithm of
 * a sum over all of them, weight × 2^(half-lives since 1970). Time divides all sums by the same factor, so the order
 * changes only when something happens, and an index can store it. (Forward decay: Cormode, Shkapenyuk, Srivastava,
 * Xu, 2009.)
 */
const halfLifeMs = 86_400_000;

export const weights = { order: 1, view: 1 / 20 } as const;

/** The heat of one purchase or view. */
export const heatOf = (weight: number, at: Date): number => at.getTime() / halfLifeMs + Math.log2(weight);

/** The heat of two together. */
export const addHeat = (one: number, other: number): number =>
  Math.max(one, other) + Math.log2(1 + 2 ** -Math.abs(one - other));

/** Converts a heat to the count at an instant: two orders of just now are 2, and 1 tomorrow. */
export const countAt = (heat: number, now: Date): number => 2 ** (heat - now.getTime() / halfLifeMs);
