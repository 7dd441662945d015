/** The addresses of the demo's events that its front page leads to: one to try each thing on. */
export const demoSlugs = {
  seats: 'the-cartographer-s-daughter',
  standing: 'night-shift',
  soldOut: 'bring-your-own-fiddle',
} as const;
