/** The slugs of the demo events that the front page links to, one for each thing to try. */
export const demoSlugs = {
  seats: 'the-cartographer-s-daughter',
  standing: 'night-shift',
  soldOut: 'bring-your-own-fiddle',
} as const;
