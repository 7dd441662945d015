import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketCodes } from '../../../contract/event-fields.ts';
import { openWalletKey, type WalletKey } from '../../../contract/rotating-code.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let nonces = 0;
async function bought(ticketCodes: TicketCodes, quantity = 1, email = 'ada@example.com') {
  const event = await world.event({ priceMinor: 0, fields: { ticketCodes } });
  const buyer = await world.guest();
  const { tickets, orderId } = await buy(world, buyer, event, {
    quantity,
    buyer: { name: 'Ada Osei', email },
  });
  return { event, buyer, orderId, ids: tickets.map(({ id }) => id) };
}
const newNonce = () => `turn-${String(++nonces).padStart(6, '0')}`;
const scan = (event: TestEvent, code: string, more: object = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more });
const codeOf = async (buyer: Person, id: string) => (await buyer.client.get(`/api/tickets/${id}`)).body.code;
async function openWallet(buyer: Person, id: string, wallet?: number) {
  const { status, body } = await buyer.client.post(`/api/tickets/${id}/wallet-keys`, { wallet });
  expect(status, JSON.stringify(body)).toBe(201);
  const { now: _, ...key } = body as WalletKey & { now: string };
  const codeAt = await openWalletKey(key);
  return { device: key.device, show: () => codeAt(world.clock.now().getTime()) };
}
const fixedCodeOf = (event: TestEvent, ticketId: string, issue = 1) =>
  world.app.signer.sign({ eventId: event.id, ticketId: ticketId as `tkt_${string}`, issue });

describe('an event whose codes turn', () => {
  test('a wallet shows codes without a network, and a screenshot of one dies within a minute', async () => {
    const { event, buyer, ids } = await bought('rotating', 2);
    const [first = '', second = ''] = ids;
    const wallet = await openWallet(buyer, first);
    const shown = await wallet.show();
    world.clock.advance(minutes(1));
    expect((await scan(event, shown)).body).toMatchObject({ status: 409, code: 'stale_code' });
    expect((await scan(event, await wallet.show())).status).toBe(201);
    expect((await scan(event, await wallet.show())).body.code).toBe('already_used');
    // Of another ticket: the fixed code, which nobody was given.
    expect((await scan(event, fixedCodeOf(event, second))).body.code).toBe('paper_not_accepted');
  });

  test('the API shows the code of the moment and until when it counts, and draws it', async () => {
    const { event, buyer, ids } = await bought('rotating');
    const [id = ''] = ids;
    const before = (await buyer.client.get(`/api/tickets/${id}`)).body;
    expect(Date.parse(before.codeUntil) - world.clock.now().getTime()).toBeLessThanOrEqual(15_000);
    world.clock.advance(15_000);
    const after = (await buyer.client.get(`/api/tickets/${id}`)).body;
    expect(after.code).not.toBe(before.code);
    expect((await buyer.client.get(`/api/tickets/${id}/qr.svg`)).status).toBe(200);
    expect((await scan(event, after.code)).status).toBe(201);
  });

  test('the codes of the last ten wallets count, an overtaken one is renewed, and nobody else opens one', async () => {
    const { event, buyer, ids } = await bought('rotating');
    const [id = ''] = ids;
    const first = await openWallet(buyer, id);
    for (let i = 0; i < 9; i++) await openWallet(buyer, id);
    expect((await openWallet(buyer, id, first.device)).device).toBe(first.device);
    await openWallet(buyer, id);
    expect((await scan(event, await first.show())).body.code).toBe('stale_code');
    const last = await openWallet(buyer, id, first.device);
    expect(last.device).toBe(12);
    const stranger = await world.guest();
    expect((await stranger.client.post(`/api/tickets/${id}/wallet-keys`, {})).status).toBe(404);
    expect((await stranger.client.post(`/api/tickets/${id}/paper`)).status).toBe(404);
    expect((await scan(event, await last.show())).status).toBe(201);
  });

  test('the others of an order come in with one code, and so does a ticket that the gate has found', async () => {
    const { event, buyer, ids } = await bought('rotating', 3);
    const [first = '', second = '', third = ''] = ids;
    const client = event.organiser.client;
    const group = { code: await codeOf(buyer, first), nonce: newNonce(), ticketIds: [second] };
    const { body } = await client.post(`/api/events/${event.id}/check-ins/group`, group);
    expect(body.results).toMatchObject([{ outcome: 'admitted', checkIn: { ticketId: second } }]);
    const found = { ticketId: third, nonce: newNonce() };
    expect((await client.post(`/api/events/${event.id}/check-ins`, found)).status).toBe(201);
  });

  test('a scan that is sent again gets its admission again, although its code is stale by then', async () => {
    const { event, buyer, ids } = await bought('rotating', 2);
    const [first = '', second = ''] = ids;
    const [code, copy] = [await codeOf(buyer, first), await codeOf(buyer, second)];
    const nonce = newNonce();
    const admitted = await scan(event, code, { nonce });
    world.clock.advance(minutes(10));
    const again = await scan(event, code, { nonce });
    expect([again.status, again.body.id]).toEqual([201, admitted.body.id]);
    const { body } = await event.organiser.client.post(`/api/events/${event.id}/check-ins/batch`, {
      scans: [
        { code, nonce },
        { code: copy, nonce: newNonce() },
      ],
    });
    expect(body.results).toMatchObject([
      { outcome: 'admitted', checkIn: { id: admitted.body.id } },
      { outcome: 'refused', code: 'stale_code' },
    ]);
    expect((await scan(event, copy, { nonce })).body.code).toBe('idempotency_key_reused');
  });

  test('a device whose clock is wrong, and one that was offline, turn nobody away', async () => {
    const { event, buyer, ids } = await bought('rotating', 4);
    const [first = '', second = '', third = '', fourth = ''] = ids;
    const wrong = new Date(world.clock.now().getTime() - 2 * 3_600_000).toISOString();
    expect((await scan(event, await codeOf(buyer, first), { scannedAt: wrong })).status).toBe(201);
    const [code, copy] = [await codeOf(buyer, second), await codeOf(buyer, third)];
    const letIn = await codeOf(buyer, fourth);
    const scannedAt = world.clock.now().toISOString();
    world.clock.advance(hours(1));
    const late = new Date(world.clock.now().getTime() - 60_000).toISOString();
    const { body } = await event.organiser.client.post(`/api/events/${event.id}/check-ins/batch`, {
      scans: [
        { code, nonce: newNonce(), scannedAt },
        { code: copy, nonce: newNonce(), scannedAt: late },
        { code: letIn, nonce: newNonce(), scannedAt: late, offline: { admitted: true } },
      ],
    });
    expect(
      body.results.map(({ outcome, code }: { outcome: string; code?: string }) => code ?? outcome),
    ).toEqual(['admitted', 'stale_code', 'admitted']);
  });

  test('there is no paper: no PDF of the ticket or of the order, and none in the mail', async () => {
    const { buyer, orderId, ids } = await bought('rotating', 1, 'nopaper@example.com');
    for (const path of [`/api/tickets/${ids[0]}/ticket.pdf`, `/api/orders/${orderId}/tickets.pdf`])
      expect((await buyer.client.get(path)).body.code).toBe('paper_not_allowed');
    expect((await buyer.client.post(`/api/tickets/${ids[0]}/paper`)).body.code).toBe('paper_not_allowed');
    await world.drain();
    const mails = (await world.client().get('/api/mailbox?to=nopaper%40example.com')).body.items;
    expect(mails[0].attachments.map(({ name }: { name: string }) => name)).toEqual([
      expect.stringMatching(/\.ics$/),
    ]);
  });
});

test('where the organiser allows paper, the fixed code of a guest who asked for it counts', async () => {
  const { event, buyer, orderId, ids } = await bought('rotating-or-paper', 2);
  const [first = '', second = ''] = ids;
  expect((await buyer.client.get(`/api/tickets/${first}/ticket.pdf`)).body.code).toBe('paper_not_asked');
  expect((await buyer.client.get(`/api/orders/${orderId}/tickets.pdf`)).body.code).toBe('paper_not_asked');
  for (let i = 0; i < 2; i++)
    expect((await buyer.client.post(`/api/tickets/${first}/paper`)).status).toBe(204);
  expect((await buyer.client.get(`/api/tickets/${first}/ticket.pdf`)).status).toBe(200);
  expect((await buyer.client.get(`/api/orders/${orderId}/tickets.pdf`)).status).toBe(200);
  expect((await scan(event, fixedCodeOf(event, second))).body.code).toBe('paper_not_accepted');
  expect((await scan(event, fixedCodeOf(event, first))).status).toBe(201);
  expect((await scan(event, await codeOf(buyer, second))).status).toBe(201);
});

test('with fixed codes nothing changes: no wallet keys, and a code that turned before still counts', async () => {
  const { event, buyer, ids } = await bought('fixed', 2);
  const [first = '', second = ''] = ids;
  expect((await buyer.client.post(`/api/tickets/${first}/wallet-keys`, {})).body.code).toBe('codes_fixed');
  const shown = (await buyer.client.get(`/api/tickets/${first}`)).body;
  expect([shown.code, shown.codeUntil]).toEqual([fixedCodeOf(event, first), null]);
  expect((await scan(event, shown.code)).status).toBe(201);
  const claim = { eventId: event.id, ticketId: second as `tkt_${string}`, issue: 1 };
  const turned = world.app.signer.signAt(claim, new Date(world.clock.now().getTime() - 3_600_000));
  expect((await scan(event, turned)).status).toBe(201);
});

test('a change of the setting reaches the door at once, and a transfer ends the wallets of the sender', async () => {
  const { event, buyer, ids } = await bought('fixed');
  const [id = ''] = ids;
  const { version } = (await event.organiser.client.get(`/api/events/${event.id}`)).body;
  expect((await scan(event, 'ADMIT1.0')).status).toBe(409);
  const changed = await event.organiser.client.patch(
    `/api/events/${event.id}`,
    { ticketCodes: 'rotating' },
    { 'if-match': `"${version}"` },
  );
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  expect((await scan(event, fixedCodeOf(event, id))).body.code).toBe('paper_not_accepted');
  const wallet = await openWallet(buyer, id);
  const offered = await buyer.client.post(`/api/tickets/${id}/transfers`, { email: 'bo@example.com' });
  expect(offered.status, JSON.stringify(offered.body)).toBe(201);
  const friend = await world.guest();
  const accepted = await friend.client.post(`/api/transfers/${offered.body.id}/acceptance`, {
    secret: world.app.transferLinks.secretOf(offered.body.id),
    name: 'Bo',
  });
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
  expect((await scan(event, await wallet.show())).body.code).toBe('ticket_transferred');
  const own = await openWallet(friend, id);
  expect((await scan(event, await own.show())).status).toBe(201);
});
