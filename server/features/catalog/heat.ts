/**
 * How hot an event is: how much has been bought and looked at lately, as a count that halves every day. It is
 * kept as the logarithm of a sum over what happened, weight × 2^(half-lives since 1970). Time divides all of them
 * by the same, so the order stays as it is until something happens, and an index can keep it.
 * (Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, 2009.)
 */
export const halfLifeMs = 86_400_000;

export const weights = { order: 1, view: 1 / 20 } as const;

/** The heat of one thing that happened. */
export const heatOf = (weight: number, at: Date): number => at.getTime() / halfLifeMs + Math.log2(weight);

/** The heat of two together. */
export const addHeat = (one: number, other: number): number =>
  Math.max(one, other) + Math.log2(1 + 2 ** -Math.abs(one - other));

/** The count that a heat stands for at an instant: two orders of just now are 2, and 1 tomorrow. */
export const countAt = (heat: number, now: Date): number => 2 ** (heat - now.getTime() / halfLifeMs);
