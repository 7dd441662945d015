import type { Person } from './browsers.ts';

export const cards = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  secure: '4000 0025 0000 3155',
} as const;

interface Buyer {
  name: string;
  email: string;
}

let count = 0;

/** A buyer that no other test uses. */
export const newBuyer = (name = 'Nora Lindholm'): Buyer => ({ name, email: `buyer-${++count}@example.org` });

/** Goes from the front page to an event's page as a visitor does. */
export async function findEvent(person: Person, title: string): Promise<void> {
  await person.open('/');
  await person.page.getByRole('searchbox').fill(title);
  // Until the answer is there the page lists the events from before. On a busy machine a click on one of them gets lost when
  // the list changes.
  const found = person.page.getByRole('region', { name: 'Found' });
  await found
    .and(person.page.locator('[aria-busy=false]'))
    .getByRole('link', { name: title })
    .first()
    .click();
  await person.sees('heading', title);
}

/** On the checkout: enters the buyer and continues to the payment. */
export async function giveDetails(person: Person, buyer: Buyer): Promise<void> {
  await person.sees('heading', 'Checkout');
  await person.fill('Name', buyer.name);
  await person.fill('E-mail', buyer.email);
  await person.press('Continue to payment');
}

export async function payWith(person: Person, card: string): Promise<void> {
  await person.fill('Card number', card);
  await person.press(/^Pay /);
}

/** Waits on the order's page until the payment is confirmed, and returns the order's id. */
export async function seesTickets(person: Person, howMany: number): Promise<string> {
  await person.sees('img', `QR code of ticket ${howMany}`);
  return new URL(person.page.url()).pathname.split('/').pop() ?? '';
}

/** The text in the QR code of each ticket, in the tickets' order. */
export async function codesOf({ context }: Person, orderId: string): Promise<string[]> {
  const order = await (await context.request.get(`/api/orders/${orderId}`)).json();
  return Promise.all(
    order.tickets.map(async ({ id }: { id: string }) => {
      const { code } = await (await context.request.get(`/api/tickets/${id}`)).json();
      return code;
    }),
  );
}
