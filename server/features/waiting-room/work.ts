/** How much work guests prove (docs/waiting-room.md). */

/** Attempts of a guest in whose network few others join: 0.3 s on a desktop computer, about a second on a phone. */
const fewAttempts = 800;
/** So many guests of a network join with the least work: a family, a small office. */
const cheapJoins = 20;
const mostTimes = 16;

/**
 * How many attempts the challenge of the next guest of a network allows, after so many of that network joined lately. The work
 * grows with them, up to sixteen times.
 */
export const attemptsAfter = (joinedLately: number, factor: number): number =>
  Math.max(1, Math.round(fewAttempts * factor * Math.min(mostTimes, Math.max(1, joinedLately / cheapJoins))));

/**
 * What a proof has to be worth when it arrives. Others of the network may have joined while it was made, so half of today's work
 * is enough. Challenges that somebody collected while the work was small are not.
 */
export const leastAttempts = (joinedLately: number, factor: number): number =>
  Math.ceil(attemptsAfter(joinedLately, factor) / 2);
