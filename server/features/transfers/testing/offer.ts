import type { Transfer } from '../../../../contract/transfers.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

interface Letter {
  subject: string;
  text: string;
  html: string;
  attachments: { name: string; type: string }[];
}

/** The mails to an address, the newest first. */
export async function lettersTo(world: World, email: string): Promise<Letter[]> {
  await world.drain();
  const client = world.client();
  const { items } = (await client.get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  return Promise.all(
    items.map(async ({ id }: { id: string }) => (await client.get(`/api/mailbox/${id}`)).body),
  );
}

/** The secret in the newest mail to an address. */
async function secretTo(world: World, email: string): Promise<string> {
  const [mail] = await lettersTo(world, email);
  return /\/t\/ttr_\w+#([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

interface Offered {
  id: Transfer['id'];
  secret: string;
  transfer: Transfer;
}

/** Offers a ticket and reads the secret from the recipient's mail. */
export async function offer(
  world: World,
  sender: Person,
  ticketId: string,
  body: { email: string; message?: string },
): Promise<Offered> {
  const started = await sender.client.post(`/api/tickets/${ticketId}/transfers`, body);
  if (started.status !== 201) throw new Error(`not offered: ${JSON.stringify(started.body)}`);
  return { id: started.body.id, secret: await secretTo(world, body.email), transfer: started.body };
}

let nonces = 0;
/** Scans a code at the door of its event. */
export const scan = (event: TestEvent, code: string) =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code,
    nonce: `transfer-${String(++nonces).padStart(6, '0')}`,
  });
