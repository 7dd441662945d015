import { ask, hold, place, question } from '../features/questions/testing/ask.ts';
import type { Cast } from './cast.ts';
import { published } from './possible-events.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** An answer of the cast's holder to a question about their order, or about its ticket. */
const answered =
  (key: string) =>
  async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house, priceMinor: 0 });
    await ask(event, [question('company', { scope: 'order' }), question('diet')]);
    const { holder } = cast.people;
    const placed = await place(holder, await hold(holder, event, 1));
    if (placed.status !== 201) throw new Error(`not ordered: ${JSON.stringify(placed.body)}`);
    const { id, tickets } = placed.body.order;
    return {
      params: { orderId: id as string, ticketId: tickets[0].id as string },
      body: { answers: { [key]: 'none' } },
    };
  };

/** For possible.ts: what the operations on questions, and on attending online, need. */
export const questionPreparations = {
  putQuestionForm: async (stage: Stage) => ({ ...(await published(stage)), version: 0 }),
  putOnlineAccess: async (stage: Stage) => ({ ...(await published(stage)), version: 0 }),
  putOrderAnswers: answered('company'),
  putTicketAnswers: answered('diet'),
};
