import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { instantSchema } from './time.ts';

const priceStepSchema = z.object({
  id: idSchema('priceStep'),
  name: z.string(),
  /** As the price of the ticket type: `price` with tax and booking fee, `listPrice` the organiser's. */
  price: moneySchema,
  listPrice: moneySchema,
  /** The step ends then, or when so many tickets are held or sold at it; null if that does not end it. */
  until: z.nullable(instantSchema),
  places: z.nullable(z.int()),
});
const groupPriceSchema = z.object({ from: z.int(), price: moneySchema, listPrice: moneySchema });

/** What the API shows of the prices of a ticket type besides its one price. */
export const shownPriceFields = {
  priceSteps: z.array(priceStepSchema).meta({
    description:
      'Earlier prices, in their order. `price` is the one that the next ticket has now. `getAvailability` says how many tickets each step has left.',
  }),
  groupPrices: z.array(groupPriceSchema).meta({ description: 'The smallest group first.' }),
  payWhatYouWant: z.nullable(z.object({ min: moneySchema, lowestPaid: moneySchema })).meta({
    description:
      'If set, the buyer names the price of each ticket, without tax that comes on top and without the booking fee: at least `min`, and at least `lowestPaid` if it is not 0, because a card cannot pay less. `listPrice` is the suggestion.',
  }),
};
