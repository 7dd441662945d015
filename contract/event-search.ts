import { z } from 'zod';
import { categorySchema } from './event-fields.ts';
import { idSchema } from './ids.ts';
import { currencySchema, maxPriceMinor } from './money.ts';
import { tagSchema } from './tags.ts';
import { instantSchema } from './time.ts';

const decimal = (min: number, max: number) => z.coerce.number().min(min).max(max);

const priceLimit = z.coerce
  .number()
  .int()
  .min(0)
  .max(maxPriceMinor)
  .optional()
  .meta({ description: 'In minor units of the currency.' });

export const listEventsQuery = z.strictObject({
  q: z.string().trim().max(200).optional().meta({
    description:
      'Search words. Events that have them as typed come first. Events that have them with a typing error follow, marked `similar`.',
  }),
  today: z.iso.date().optional().meta({
    description:
      'The date where the reader is, for words such as "tonight" in `q`. The default is the date in UTC.',
  }),
  category: z.optional(categorySchema),
  tag: z.optional(tagSchema).meta({ description: 'Events that have this tag, in capital or small letters.' }),
  city: z
    .string()
    .trim()
    .max(80)
    .optional()
    .meta({ description: 'The name of a city in any of its languages: Munich finds events in München.' }),
  near: z
    .string()
    .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, 'expected latitude,longitude')
    .optional(),
  radiusKm: decimal(1, 20_000).optional(),
  from: z.optional(instantSchema),
  to: z.optional(instantSchema),
  fromDay: z.iso.date().optional().meta({ description: 'The first day, in the time zone of the event.' }),
  toDay: z.iso.date().optional().meta({ description: 'The last day, in the time zone of the event.' }),
  organisation: z.optional(idSchema('organisation')),
  currency: z
    .optional(currencySchema)
    .meta({ description: 'Only free events and events that are sold in this currency.' }),
  minPrice: priceLimit,
  maxPrice: priceLimit,
  sort: z
    .enum(['date', 'price', 'newest', 'distance'])
    .default('date')
    .meta({ description: '`distance` needs `near`.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
});
