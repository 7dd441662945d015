import { vi } from 'vitest';
import type { Person } from './browsers.ts';
import type { House } from './house.ts';

/** Offers a ticket to somebody, and returns the path of the link in their mail. */
export async function offerTicket(
  { context: { request } }: Person,
  ticketId: string,
  house: House,
): Promise<string> {
  const email = 'wolfeschlegelsteinhausenbergerdorff@example.org';
  await request.post(`/api/tickets/${ticketId}/transfers`, {
    data: { email, message: 'Viel Freude mit der Karte!' },
    headers: { origin: house.url },
  });
  return vi.waitFor(
    async () => {
      const { items } = await (await request.get(`/api/mailbox?to=${email}`)).json();
      const { text } = await (await request.get(`/api/mailbox/${items[0].id}`)).json();
      return /\/t\/ttr_\w+#[\w-]+/.exec(text)?.[0] ?? '';
    },
    { timeout: 30_000, interval: 200 },
  );
}
