import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PassId, TicketId } from '../../../contract/ids.ts';
import { appleEnv } from '../../testing/pass-services.ts';
import { createWorld } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { scan } from '../transfers/testing/offer.ts';
import { refreshPasses } from './refresh-passes.ts';
import { putPass } from './store.ts';
import { createPassWorld, field, service } from './testing/phones.ts';

let phones: Awaited<ReturnType<typeof createPassWorld>>;
beforeAll(async () => {
  phones = await createPassWorld();
});
afterAll(() => phones?.close());
beforeEach(() => phones.calm());

describe('what a pass says', () => {
  test('a seat, in the language of the buyer, with the members that Apple asks for', async () => {
    const event = await phones.world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4, priceMinor: 0 }] });
    const person = await phones.world.guest();
    const { tickets, number } = await buy(phones.world, person, event, { languages: 'de' });
    const pass = await phones.passOf(person, tickets[0]?.id as TicketId);
    expect(pass).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: phones.made.passType,
      teamIdentifier: phones.made.team,
      organizationName: expect.stringMatching(/^Organisation \d+$/),
      serialNumber: expect.stringMatching(/^pss_/),
      description: 'Ticket für Night Shift',
      webServiceURL: `${phones.world.url}/api/apple-wallet`,
      authenticationToken: expect.stringMatching(/^[\w-]{16,}$/),
      voided: false,
      groupingIdentifier: event.id,
      relevantDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      sharingProhibited: true,
      barcodes: [
        {
          format: 'PKBarcodeFormatQR',
          message: tickets[0]?.code,
          messageEncoding: 'iso-8859-1',
          altText: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
        },
      ],
    });
    const labels = Object.fromEntries(
      Object.values(pass.eventTicket)
        .flat()
        .map(({ key, label }) => [key, label]),
    );
    expect(labels).toMatchObject({ row: 'Reihe', seat: 'Platz', section: 'Bereich', venue: 'Ort' });
    expect([field(pass, 'event'), field(pass, 'venue'), field(pass, 'order')]).toEqual([
      'Night Shift',
      'Kesselhaus',
      number,
    ]);
    // Apple refuses a pass with a key twice, more than one primary field, or more than four auxiliary fields.
    const keys = Object.values(pass.eventTicket).flatMap((fields) => fields.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(pass.eventTicket.primaryFields).toHaveLength(1);
    expect(pass.eventTicket.auxiliaryFields?.length).toBeLessThanOrEqual(4);
    for (const { changeMessage } of Object.values(pass.eventTicket).flat())
      if (changeMessage !== undefined) expect(changeMessage).toContain('%@');
    // The door takes the code.
    expect((await scan(event, pass.barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('labels and values stand out from the ground', async () => {
    const { pass } = await phones.withPass();
    const light = (colour: unknown) => {
      const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(String(colour))?.slice(1).map(Number) ?? [];
      const [r = 0, g = 0, b = 0] = parts.map((part) =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: unknown, b: unknown) => {
      const [lighter = 0, darker = 0] = [light(a), light(b)].sort((x, y) => y - x);
      return (lighter + 0.05) / (darker + 0.05);
    };
    expect(contrast(pass.labelColor, pass.backgroundColor)).toBeGreaterThan(7);
    expect(contrast(pass.foregroundColor, pass.backgroundColor)).toBeGreaterThan(7);
  });

  test('the same ticket has the same pass', async () => {
    const { person, ticketId, pass } = await phones.withPass();
    expect((await phones.passOf(person, ticketId)).serialNumber).toBe(pass.serialNumber);
  });
});

describe('who gets a pass', () => {
  test('only the holder of the ticket', async () => {
    const { event, ticketId } = await phones.withPass();
    const path = `/api/tickets/${ticketId}/ticket.pkpass`;
    const seen = await Promise.all(
      [
        phones.world.client(),
        (await phones.world.guest()).client,
        (await phones.world.user()).client,
        event.organiser.client,
      ].map(async (client) => (await client.get(path)).status),
    );
    expect(seen).toEqual([401, 404, 404, 404]);
  });

  test('whoever opens the link of a mail', async () => {
    const { orderId, ticketId } = await phones.withPass();
    const secret = phones.world.app.orderLinks.secretOf({ id: orderId, linkVersion: 1 });
    const reader = await phones.world.guest();
    const opened = await reader.client.post(`/api/orders/${orderId}/openings`, { secret });
    expect(opened.status).toBeLessThan(300);
    expect((await reader.client.get(`/api/tickets/${ticketId}/ticket.pkpass`)).status).toBe(200);
  });

  test('nobody for a cancelled ticket, and after the event', async () => {
    const { event, person, orderId, ticketId } = await phones.withPass();
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    const path = `/api/tickets/${ticketId}/ticket.pkpass`;
    expect((await person.client.get(path)).body.code).toBe('ticket_not_admissible');

    const other = await buy(phones.world, person, event);
    const { endsAt } = (await person.client.get(`/api/tickets/${other.tickets[0]?.id}`)).body.event;
    const before = phones.world.clock.now();
    phones.world.clock.set(new Date(Date.parse(endsAt)));
    const late = await person.client.get(`/api/tickets/${other.tickets[0]?.id}/ticket.pkpass`);
    phones.world.clock.set(before);
    expect(late.body.code).toBe('event_over');
  });

  test('nobody for an extra, which admits nobody', async () => {
    const products = [{ name: 'T-shirt', variants: [{ name: 'M', priceMinor: 0, stock: 9 }] }];
    const event = await phones.world.event({ fields: { products } });
    const { body } = await phones.world.client().get(`/api/events/${event.id}`);
    const person = await phones.world.guest();
    const items = [event.ticketTypeId, body.products[0].variants[0].id].map((ticketTypeId) => ({
      ticketTypeId,
      quantity: 1,
    }));
    const held = await person.client.post(`/api/events/${event.id}/holds`, { items });
    const { tickets } = await buy(phones.world, person, event, { holdId: held.body.id });
    expect(tickets).toHaveLength(2);
    await phones.passOf(person, tickets[0]?.id as TicketId);
    const extra = await person.client.get(`/api/tickets/${tickets[1]?.id}/ticket.pkpass`);
    expect(extra.body.code).toBe('ticket_not_admissible');
  });

  test('codes that turn: only for a ticket on paper', async () => {
    const person = await phones.world.guest();
    const ask = async (ticketCodes: string) => {
      const event = await phones.world.event({ priceMinor: 0, fields: { ticketCodes } });
      const { tickets } = await buy(phones.world, person, event);
      const id = tickets[0]?.id;
      const path = `/api/tickets/${id}/ticket.pkpass`;
      return { event, id, path, code: (await person.client.get(path)).body.code };
    };
    expect((await ask('rotating')).code).toBe('paper_not_allowed');
    const { event, id, path, code } = await ask('rotating-or-paper');
    expect(code).toBe('paper_not_asked');
    expect((await person.client.post(`/api/tickets/${id}/paper`, {})).status).toBe(204);
    const { barcodes } = phones.readPass((await person.client.get(path)).bytes);
    expect((await scan(event, barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('a site whose certificate has expired sells tickets, and makes no passes', async () => {
    const { certificate, key } = phones.made.issue({ days: -1 });
    const late = await createWorld({
      ...appleEnv(phones.made, phones.apple.url),
      APPLE_WALLET_CERTIFICATE: certificate,
      APPLE_WALLET_KEY: key,
    });
    try {
      const event = await late.event({ priceMinor: 0 });
      const person = await late.guest();
      const { tickets, orderId } = await buy(late, person, event);
      const ticketId = tickets[0]?.id as TicketId;
      expect((await person.client.get(`/api/tickets/${ticketId}/ticket.pkpass`)).body.code).toBe(
        'passes_off',
      );
      expect((await person.client.get('/api/pass-wallets')).body).toEqual({ wallets: [] });
      // A pass from before is not signed anew, and its phone asks again later.
      const { app } = late;
      const id = app.newId('pass');
      const [now, pass] = [app.clock.now(), { id, ticketId, issue: 1, language: 'en', digest: 'before' }];
      await putPass(app.db, { ...pass, eventId: event.id, orderId, wallet: 'apple' }, now);
      const asked = await late.client().get(`${service}/passes/${phones.made.passType}/${id}`, {
        authorization: `ApplePass ${app.passTokens.secretOf(id)}`,
      });
      expect({ status: asked.status, code: asked.body.code }).toEqual({ status: 503, code: 'unavailable' });
      await expect(refreshPasses(app, { passIds: [id] })).rejects.toThrow(/has expired/);
    } finally {
      await late.close();
    }
  });

  test('a site without certificates makes none', async () => {
    const bare = await createWorld();
    try {
      const event = await bare.event({ priceMinor: 0 });
      const person = await bare.guest();
      const { tickets } = await buy(bare, person, event);
      const pkpass = await person.client.get(`/api/tickets/${tickets[0]?.id}/ticket.pkpass`);
      const google = await person.client.post(`/api/tickets/${tickets[0]?.id}/google-passes`, {});
      expect([pkpass.body.code, google.body.code]).toEqual(['passes_off', 'passes_off']);
      expect((await person.client.get('/api/pass-wallets')).body).toEqual({ wallets: [] });
    } finally {
      await bare.close();
    }
    expect((await phones.world.client().get('/api/pass-wallets')).body).toEqual({ wallets: ['apple'] });
  });
});

describe("Apple's web service", () => {
  test('a phone registers, asks for changes, gets the newest pass once, and leaves', async () => {
    const { event, pass, device } = await phones.withPass();
    expect((await device.add(pass)).status).toBe(200);
    const first = await device.changed();
    expect(first).toMatchObject({ status: 200, body: { serialNumbers: [pass.serialNumber] } });
    const { lastUpdated } = first.body;
    expect((await device.changed(lastUpdated)).status).toBe(204);
    const got = await device.get(pass);
    const modified = got.headers.get('last-modified') ?? '';
    expect((await device.get(pass, { 'if-modified-since': modified })).status).toBe(304);

    await phones.edit(event, { title: 'Late Shift' });
    await phones.world.drain();
    expect(phones.apple.pushed).toEqual([
      {
        token: device.pushToken,
        topic: phones.made.passType,
        type: 'background',
        body: '{}',
        certificate: phones.made.passType,
      },
    ]);
    expect((await device.changed(lastUpdated)).body.serialNumbers).toEqual([pass.serialNumber]);
    const newest = await device.get(pass, { 'if-modified-since': modified });
    expect(newest.status).toBe(200);
    expect(field(phones.readPass(newest.bytes), 'event')).toBe('Late Shift');

    expect((await device.remove(pass)).status).toBe(200);
    expect((await device.changed()).status).toBe(204);
    phones.apple.pushed.length = 0;
    await phones.edit(event, { title: 'Early Shift' });
    await phones.world.drain();
    expect(phones.apple.pushed).toEqual([]);
  });

  test('two changes in one second are two changes', async () => {
    const { event, pass, device } = await phones.withPass();
    const seen: string[] = [];
    for (const title of ['First', 'Second', 'Third']) {
      await phones.edit(event, { title });
      await phones.world.drain();
      const has = seen.at(-1);
      const newest = await device.get(pass, has === undefined ? {} : { 'if-modified-since': has });
      expect(field(phones.readPass(newest.bytes), 'event')).toBe(title);
      seen.push(newest.headers.get('last-modified') ?? '');
    }
    expect(new Set(seen).size).toBe(3);
  });

  test('a change reaches a phone that asks before the job has run', async () => {
    const { event, pass, device } = await phones.withPass();
    const has = (await device.get(pass)).headers.get('last-modified') ?? '';
    await phones.edit(event, { title: 'At once' });
    const newest = await device.get(pass, { 'if-modified-since': has });
    expect(field(phones.readPass(newest.bytes), 'event')).toBe('At once');
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
  });

  test('a forged token, the token of another pass and a guessed serial number get the same answer', async () => {
    const mine = await phones.withPass();
    const theirs = await phones.withPass();
    const { device } = mine;
    const unknown = 'pss_01K9ZC4V7R8W3T5XN2M6QHJDEF' as PassId;
    const attempts = [
      { ...theirs.pass, authenticationToken: mine.pass.authenticationToken },
      { ...theirs.pass, authenticationToken: 'A'.repeat(32) },
      { ...theirs.pass, authenticationToken: '' },
      { ...mine.pass, serialNumber: unknown },
      { ...mine.pass, serialNumber: unknown, authenticationToken: 'A'.repeat(32) },
    ];
    const answers = await Promise.all(
      attempts.flatMap((pass) => [device.get(pass), device.add(pass), device.remove(pass)]),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['401 pass_token_wrong']),
    );
    const { authenticationToken, serialNumber } = theirs.pass;
    const get = (path: string, authorization: string) => phones.world.client().get(path, { authorization });
    const path = `${service}/passes/${phones.made.passType}/${serialNumber}`;
    const good = `ApplePass ${authenticationToken}`;
    expect((await get(path, good)).status).toBe(200);
    expect((await get(path, `Bearer ${authenticationToken}`)).status).toBe(401);
    expect((await get(`${service}/passes/pass.test.other/${serialNumber}`, good)).status).toBe(401);
    // The token of a pass opens nothing else.
    expect((await get(`/api/tickets/${theirs.ticketId}`, good)).status).toBe(401);
    // Whoever is no device of theirs learns no serial number.
    expect((await phones.phone('a-strangers-device').changed()).status).toBe(204);
    // The other's phone is still registered.
    expect((await theirs.device.changed()).status).toBe(200);
  });

  test('a pass is on twenty devices at most', async () => {
    const { pass } = await phones.withPass();
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) statuses.push((await phones.phone(`many-${i}`).add(pass)).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(19);
    expect(statuses.slice(19)).toEqual([409, 409]);
    // Those that are known may still renew their push token.
    expect((await phones.phone('many-0', 'abcdef').add(pass)).status).toBe(200);
  });

  test('troubles of devices are taken', async () => {
    const logs = ['[2027-01-01] Web service error', 'x'.repeat(4000)];
    expect((await phones.world.client().post(`${service}/log`, { logs })).status).toBe(200);
  });
});
