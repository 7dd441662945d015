import { randomUUID } from 'node:crypto';
import type { Cast } from './cast.ts';
import { giftCardPreparations } from './possible-gift-cards.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations on codes, gift cards and imports need. */
export const codePreparations = {
  ...giftCardPreparations,
  makeVouchers: async (stage: Stage) => ({ params: await anEvent(stage) }),
  importCodes: async (stage: Stage) => ({ params: await anEvent(stage) }),
  importEvents: async () => {
    // An event is imported once.
    const file = `title,starts,time zone\nNight ${randomUUID()},2027-01-15 22:00,Europe/Berlin\n`;
    return { body: { file: Buffer.from(file).toString('base64') } };
  },
  importAttendees: async (stage: Stage) => ({ params: await anEvent(stage) }),
  changeVouchers: async (stage: Stage) => {
    const params = await withCodes(stage);
    return { params, body: { tag: 'Radio', revoked: true } };
  },
  exportVouchers: async (stage: Stage) => ({ params: await withCodes(stage) }),
  printVouchers: async (stage: Stage) => ({ params: await withCodes(stage) }),
  checkCode: async (stage: Stage) => {
    const params = await anEvent(stage);
    const body = { csv: 'FRIENDS-27', percentOff: 20 };
    const made = await stage.cast.house.client.post(`/api/events/${params.eventId}/vouchers`, body);
    if (made.status !== 201) throw new Error(`no codes: ${JSON.stringify(made.body)}`);
    return { params, body: { code: 'FRIENDS-27' } };
  },
};

const anEvent = async ({ world, cast }: Stage): Promise<{ eventId: string }> => ({
  eventId: (await world.event({ organiser: cast.house })).id,
});

async function withCodes(stage: Stage): Promise<{ eventId: string }> {
  const params = await anEvent(stage);
  const body = { count: 2, tag: 'Radio', percentOff: 20 };
  const made = await stage.cast.house.client.post(`/api/events/${params.eventId}/vouchers`, body);
  if (made.status !== 201) throw new Error(`no codes: ${JSON.stringify(made.body)}`);
  return params;
}
