import { z } from 'zod';

/** Words of a search that stand for a filter. */
export const readAsSchema = z
  .object({
    words: z.string(),
    as: z.enum(['free', 'today', 'tomorrow', 'weekend']),
  })
  .meta({ id: 'ReadAs' });
export type ReadAs = z.infer<typeof readAsSchema>;
