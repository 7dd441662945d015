import type { Cast } from './cast.ts';

interface Stage {
  cast: Cast;
}

let made = 0;

/** For possible.ts: what the operations of an order's desk need. */
export const orderPreparations = {
  removeOrderNote: async ({ cast }: Stage) => {
    const path = `/api/orders/${cast.params.orderId}/notes`;
    return { params: { noteId: (await cast.house.client.post(path, { text: 'Call back' })).body.id } };
  },
  // The same tags again would be no change.
  putOrderTags: async () => ({ body: { tags: [`tag ${++made}`] } }),
  // An address gets only some mails in a time.
  correctOrderAddress: async () => ({ body: { email: `corrected-${++made}@possible.example` } }),
};
