import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations on gift cards need. */
export const giftCardPreparations = {
  getGiftCard: async (stage: Stage) => ({ params: { giftCardId: (await aCard(stage)).card.id } }),
  blockGiftCard: async (stage: Stage) => ({ params: { giftCardId: (await aCard(stage)).card.id } }),
  exportGiftCards: async (stage: Stage) => {
    await aCard(stage);
    return {};
  },
  checkGiftCard: async (stage: Stage) => ({ body: { code: (await aCard(stage)).code } }),
};

async function aCard({ cast }: Stage): Promise<{ card: { id: string }; code: string }> {
  const { client, organisationId } = cast.house;
  const body = { amount: { amount: 5000, currency: 'EUR' }, reason: 'goodwill' };
  const made = await client.post(`/api/organisations/${organisationId}/gift-cards`, body);
  if (made.status !== 201) throw new Error(`no gift card: ${JSON.stringify(made.body)}`);
  return made.body.items[0];
}
