import { z } from 'zod';

/** A pool as the team of its event sees it. */
export const poolCountsSchema = z.object({
  key: z.string(),
  name: z.string(),
  capacity: z.int(),
  held: z.int(),
  sold: z.int(),
  kept: z.int().meta({
    description: 'Free places that are kept for people in the waitlist. They are not on sale.',
  }),
  blocked: z.int().meta({ description: 'Places that the team has blocked. They are not on sale.' }),
});
