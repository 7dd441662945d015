import { z } from 'zod';
import { eventSummarySchema } from './events.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

/** A series: the events of an organisation that have the same run (event-fields.ts). */

export const seriesSchema = z
  .object({
    name: z.string(),
    slug: z.string(),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), slug: z.string() }),
    items: z
      .array(eventSummarySchema)
      .meta({ description: 'The dates that are not over, the earliest first; 200 at most.' }),
    passes: z
      .array(eventSummarySchema)
      .meta({ description: 'The published passes that open a date of the series and are not over.' }),
    over: z.int().meta({ description: 'How many dates are over.' }),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof seriesSchema>;

export const getSeries = operation({
  id: 'getSeries',
  method: 'GET',
  path: '/api/organisers/{organisationId}/series/{series}',
  tag: 'Events',
  summary: 'Read a series of an organisation and its dates',
  description:
    'A series is public once one of its dates is published. Its slug is the name of the run in the spelling of addresses; `series` of an event has it.',
  access: 'public',
  params: z.object({
    organisationId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
    series: z.string().min(1).max(120).meta({ description: 'The slug of the series.' }),
  }),
  status: 200,
  reply: seriesSchema,
  errors: [],
});
