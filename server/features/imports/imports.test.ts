import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const encoded = (file: string | Buffer) => Buffer.from(file).toString('base64');
const send = (event: TestEvent, what: string, file: string | Buffer, more: object = {}, headers = {}) =>
  event.organiser.client.post(
    `/api/events/${event.id}/${what}-imports`,
    { file: encoded(file), ...more },
    headers,
  );
const attendees = (event: TestEvent, file: string | Buffer, more: object = {}) =>
  send(event, 'attendee', file, more);
const codes = (event: TestEvent, file: string | Buffer, more: object = {}) => send(event, 'code', file, more);
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes.map(
    ({ available }: { available: number }) => available,
  );
const ordersOf = async ({ organiser, id }: TestEvent) =>
  (
    await organiser.client.get(
      `/api/organisations/${organiser.organisationId}/orders?event=${id}&origin=imported`,
    )
  ).body.items;
const recounted = (event: TestEvent) => audit(world.app.db, { eventIds: [event.id] });

const twoTypes = (capacity = 10) =>
  world.event({
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity }],
      ticketTypes: [
        { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
        { name: 'Student', priceMinor: 1500, pools: ['floor'] },
      ],
    },
  });

/** The positions of pretix's order data, with the columns of the import between others. */
const pretixOrders = `"Event slug","Order code","Position ID","Status","E-mail","Phone number","Product","Variation","Price","Attendee name","Attendee email","Invoice address name"
"night","ABCDE","1","paid","ada@example.com","","Regular","","25.00","Ada Osei","","Osei Ltd"
"night","ABCDE","2","paid","ada@example.com","","Student","","15.00","Bea Osei","bea@example.com","Osei Ltd"
"night","ABCDE","3","paid","ada@example.com","","Regular","","25.00","Cy ""C"" Osei","","Osei Ltd"
"night","FGHIJ","1","pending","dan@example.com","","Regular","","25.00","Dan","",""
"night","KLMNO","1","canceled","eve@example.com","","Regular","","25.00","Eve","",""
"night","PQRST","1","paid","fay@example.com","","Student","","15.00","=SUM(A1)","",""
`;

describe('attendees', () => {
  test('of pretix get real tickets without money, once', async () => {
    const event = await twoTypes();
    const dry = await attendees(event, pretixOrders, { dryRun: true });
    expect(dry).toMatchObject({
      status: 200,
      body: {
        source: 'pretix',
        rows: 6,
        found: 2,
        leftOut: 2,
        already: 0,
        made: 2,
        tickets: 4,
        bad: [],
        next: null,
      },
    });
    expect(dry.body.columns).toMatchObject({
      buyerEmail: 'E-mail',
      email: 'Attendee email',
      orderId: 'Order code',
    });
    expect(await free(event)).toEqual([10, 10]);

    const made = await attendees(event, pretixOrders);
    expect(made.body).toMatchObject({ made: 2, already: 0, next: null });
    expect(await free(event)).toEqual([6, 6]);
    const again = await attendees(event, pretixOrders);
    expect(again.body).toMatchObject({ made: 0, already: 2 });
    expect(await free(event)).toEqual([6, 6]);

    const orders = await ordersOf(event);
    orders.sort((a: { buyer: { email: string } }, b: { buyer: { email: string } }) =>
      a.buyer.email < b.buyer.email ? 1 : -1,
    );
    expect(orders.map(({ buyer }: { buyer: object }) => buyer)).toEqual([
      { name: '=SUM(A1)', email: 'fay@example.com' },
      { name: 'Osei Ltd', email: 'ada@example.com' },
    ]);
    const order = (await event.organiser.client.get(`/api/orders/${orders[1].id}`)).body;
    expect(order).toMatchObject({ status: 'confirmed', origin: 'imported', total: { amount: 0 } });
    const names = order.tickets.map((ticket: { attendeeName: string; ticketType: { name: string } }) => [
      ticket.attendeeName,
      ticket.ticketType?.name,
    ]);
    expect(names.map(([name]: string[]) => name)).toEqual(['Ada Osei', 'Cy "C" Osei', 'Bea Osei']);
    const history = await event.organiser.client.get(`/api/orders/${order.id}/history`);
    const note = history.body.items.find(({ kind }: { kind: string }) => kind === 'note').note.text;
    expect(note).toBe('pretix: ABCDE');
    await world.drain();
    const mails = (await world.client().get('/api/mailbox?to=ada%40example.com')).body.items;
    expect(mails).toHaveLength(1);
    expect(await recounted(event)).toEqual([]);
  });

  test('a buyer who has made the order theirs does not get it again', async () => {
    const event = await twoTypes();
    await attendees(event, 'order,name,email,ticket\nA1,Ada,gus@example.com,Regular');
    await world.app.db.run('update orders set buyer_id = $1 where event_id = $2', [
      (await world.user()).userId,
      event.id,
    ]);
    await world.app.db.run(
      'update holds set buyer_id = orders.buyer_id from orders where holds.event_id = $1 and orders.event_id = $1',
      [event.id],
    );
    const again = await attendees(event, 'order,name,email,ticket\nA1,Ada,gus@example.com,Regular');
    expect(again.body).toMatchObject({ made: 0, already: 1 });
    expect(await free(event)).toEqual([9, 9]);
  });

  test('of two requests at once are imported once', async () => {
    const event = await twoTypes(50);
    const rows = Array.from({ length: 30 }, (_, n) => `N${n},Ada ${n},ada-${n}@example.com,Regular`);
    const file = `order,name,email,ticket\n${rows.join('\n')}`;
    const both = await Promise.all([attendees(event, file), attendees(event, file), attendees(event, file)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await free(event)).toEqual([20, 20]);
    expect(await recounted(event)).toEqual([]);
  });

  test('each bad row is named, and nothing is made while there is one', async () => {
    const event = await twoTypes();
    const file = [
      'Order;Name;E-Mail;Ticket;Anzahl;Status',
      'A;Ada;ada@example.com;Regular;1;bezahlt',
      'B;Bea;not-an-address;Regular;1;bezahlt',
      'C;Cy;cy@example.com;Balcony;1;bezahlt',
      'D;Dan;dan@example.com;Regular;zwei;bezahlt',
      'E;Eve;eve@example.com;Regular;101;bezahlt',
      'F;;fay@example.com;Regular;1;bezahlt',
      'G;Gus;;Regular;1;bezahlt',
      'H;Hal;hal@example.com;Regular;1;perhaps',
      'I;Ida;ida@example.com;Regular;1;bezahlt',
      'I;Jan;ida@example.com;Balcony;1;bezahlt',
    ].join('\r\n');
    const refused = await attendees(event, file);
    expect(refused.body).toMatchObject({ made: 0, found: 1, badRows: 9 });
    expect(
      refused.body.bad.map((row: { line: number; column: string; fault: string }) => [
        row.line,
        row.column,
        row.fault,
      ]),
    ).toEqual([
      [3, 'E-Mail', 'bad_email'],
      [4, 'Ticket', 'unknown_ticket_type'],
      [5, 'Anzahl', 'bad_number'],
      [6, 'Anzahl', 'too_many_tickets'],
      [7, 'Name', 'missing'],
      [8, 'E-Mail', 'missing'],
      [9, 'Status', 'bad_value'],
      [10, null, 'bad_order'],
      [11, 'Ticket', 'unknown_ticket_type'],
    ]);
    expect(refused.body.ticketTypes).toContainEqual({ name: 'Balcony', ticketTypeId: null, tickets: 2 });
    expect(await free(event)).toEqual([10, 10]);
    const mapped = await attendees(event, file, {
      skipBad: true,
      ticketTypes: { Balcony: event.ticketTypes[1]?.id },
    });
    expect(mapped.body).toMatchObject({ made: 3, badRows: 6 });
    expect(await free(event)).toEqual([6, 6]);
  });

  test('never more than the capacity, and the dry run says so', async () => {
    const event = await twoTypes(3);
    const file =
      'order,name,email,ticket,quantity\nA,Ada,ada@example.com,Regular,2\nB,Bea,bea@example.com,Student,2\nC,Cy,cy@example.com,Regular,1';
    const dry = await attendees(event, file, { dryRun: true });
    expect(dry.body.short).toEqual([
      { ticketTypeId: event.ticketTypes[0]?.id, wanted: 3, available: 3 },
      { ticketTypeId: event.ticketTypes[1]?.id, wanted: 2, available: 3 },
    ]);
    const made = await attendees(event, file);
    expect(made.body).toMatchObject({ made: 2, bad: [{ line: 3, fault: 'sold_out' }] });
    expect(await free(event)).toEqual([0, 0]);
    expect(await recounted(event)).toEqual([]);
  });

  test('of Eventbrite, in UTF-16 with tabs, and without an order number', async () => {
    const event = await twoTypes();
    const eventbrite = [
      'Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Attendee Status',
      '77,2026-10-01,Zoë,Żółć,zoe@example.com,2,,Regular,900,Attending',
      '78,2026-10-01,Al,B,al@example.com,1,,Student,901,Refunded',
      '79,2026-10-01,Al,B,al@example.com,1,,Student,902,Checked In',
    ].join('\n');
    const tabs = Buffer.from(eventbrite.replaceAll(',', '\t'), 'utf16le');
    expect((await attendees(event, tabs)).body).toMatchObject({
      source: 'eventbrite',
      made: 2,
      leftOut: 1,
      tickets: 3,
    });
    const orders = await ordersOf(event);
    expect(orders.map(({ buyer }: { buyer: { name: string } }) => buyer.name).sort()).toEqual([
      'Al B',
      'Zoë Żółć',
    ]);

    // The same row twice is two people, and the same file twice is still these two.
    const plain = 'name,email,ticket\nAda,twice@example.com,Regular\nAda,twice@example.com,Regular';
    expect((await attendees(event, plain)).body).toMatchObject({ source: 'csv', made: 2 });
    expect((await attendees(event, plain)).body).toMatchObject({ made: 0, already: 2 });
    expect(await free(event)).toEqual([5, 5]);
  });

  test('of pretix’s JSON, as its export and as its API have it', async () => {
    const event = await twoTypes();
    const positions = [
      { id: 1, item: 7, variation: null, attendee_name: 'Ada', attendee_email: null },
      { id: 2, item: 8, variation: 3, attendee_name: null, attendee_email: null },
    ];
    const order = { code: 'JSON1', status: 'p', email: 'json@example.com', positions };
    const items = [
      { id: 7, name: 'Regular', variations: [] },
      { id: 8, name: 'Concession', variations: [{ id: 3, name: 'Student' }] },
    ];
    const exported = {
      event: { name: 'Night', items, orders: [order, { ...order, code: 'X', status: 'c' }] },
    };
    const done = await attendees(event, JSON.stringify(exported), { skipBad: true });
    // Where pretix asked for no name, it is that of the buyer.
    expect(done.body).toMatchObject({ source: 'pretix', made: 1, leftOut: 2, tickets: 2, bad: [] });

    const invoice_address = { name: 'Ada Ltd' };
    const page = {
      count: 1,
      next: null,
      previous: null,
      results: [{ ...order, code: 'API1', invoice_address }],
    };
    const ids = { 7: event.ticketTypes[0]?.id, '8 – 3': event.ticketTypes[1]?.id };
    expect((await attendees(event, JSON.stringify(page), { ticketTypes: ids })).body).toMatchObject({
      made: 1,
      tickets: 2,
    });
  });

  test('go on from portion to portion', async () => {
    const event = await world.event({ capacity: 2000 });
    const rows = Array.from({ length: 620 }, (_, n) => `N${n},Ada ${n},many-${n}@example.com`);
    const file = `order,name,email\n${rows.join('\n')}`;
    const first = await attendees(event, file);
    expect(first.body).toMatchObject({ made: 500, next: 500 });
    // As after a crash: the whole file again.
    const again = await attendees(event, file);
    expect(again.body).toMatchObject({ made: 0, already: 500, next: 500 });
    expect((await attendees(event, file, { from: 500 })).body).toMatchObject({ made: 120, next: null });
    expect(await free(event)).toEqual([1380]);
  });

  test('are refused before the publication, for numbered seats, and as no table', async () => {
    const draft = await world.event({ publish: false });
    const file = 'order,name,email\nA,Ada,ada@example.com';
    expect((await attendees(draft, file, { dryRun: true })).body.code).toBe('event_not_on_sale');
    const seated = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4 }] });
    expect((await attendees(seated, file)).body.bad).toMatchObject([{ fault: 'numbered_seats' }]);
    const event = await twoTypes();
    for (const wrong of ['\0\0binary', '{"orders": 1', ' ', 'order,name,email', JSON.stringify([1, 2])])
      expect([wrong, (await attendees(event, wrong)).body.code]).toEqual([wrong, 'invalid_request']);
    const long = `order,name,email\n${'a,b,c@example.com\n'.repeat(5001)}`;
    expect((await attendees(event, long)).body.detail).toContain('5000 rows');
    expect((await attendees(event, file, { columns: { name: 'Nom' } })).body.issues).toMatchObject([
      { path: 'body.columns.name' },
    ]);
    expect(
      (
        await attendees(event, 'a,b\nAda,h@example.com', {
          columns: { name: 'a', email: 'b' },
          ticketTypes: { '': event.ticketTypeId },
        })
      ).body,
    ).toMatchObject({ made: 1 });
  });
});

/** As pretix's vouchers page downloads them. */
const pretixVouchers = `"Voucher code","Valid until","Product","Reserve quota","Bypass quota","Price effect","Value","Tag","Redeemed","Maximum usages","Seat","Comment"
"PRESS-2027","2999-01-15T22:59:59+00:00","Student","No","No","Set product price to","5.00","Press","0","3","",""
"TENOFF-27","","Any product","No","No","Subtract from product price","10.00","Radio","1","5","",""
"HALF-2027","","Regular","Yes","No","Reduce product price by (%)","50.00","Radio","0","2","",""
"OPEN-2027","","Any product","No","No","No effect","","","0","1","",""
"GONE-2027","","Any product","No","No","No effect","","","1","1","",""
"OVER-2027","2001-01-15","Any product","No","No","No effect","","","0","1","",""
`;

describe('codes', () => {
  test('of pretix keep their effects, uses and ends, once', async () => {
    const event = await twoTypes();
    const dry = await codes(event, pretixVouchers, { dryRun: true });
    expect(dry.body).toMatchObject({ source: 'pretix', found: 4, leftOut: 2, made: 4, bad: [] });
    expect((await codes(event, pretixVouchers)).body).toMatchObject({ made: 4, already: 0 });
    expect((await codes(event, pretixVouchers)).body).toMatchObject({ made: 0, already: 4 });
    const { items } = (await event.organiser.client.get(`/api/events/${event.id}/vouchers`)).body;
    const by = Object.fromEntries(items.map((item: { code: string }) => [item.code, item]));
    expect(by['PRESS-2027']).toMatchObject({
      price: { amount: 500 },
      uses: 3,
      tag: 'Press',
      validUntil: '2999-01-15T22:59:59.000Z',
      ticketTypeIds: [event.ticketTypes[1]?.id],
    });
    expect(by['TENOFF-27']).toMatchObject({ amountOff: { amount: 1000 }, uses: 4, ticketTypeIds: null });
    expect(by['HALF-2027']).toMatchObject({ percentOff: 50, uses: 2, keepsPlaces: true });
    expect(by['OPEN-2027']).toMatchObject({ percentOff: null, amountOff: null, price: null });
    expect(await free(event)).toEqual([8, 8]);
    expect(await recounted(event)).toEqual([]);
  });

  test('each bad row is named', async () => {
    const event = await world.event({ fields: { promoCodes: [{ code: 'SUMMER-27', percentOff: 10 }] } });
    const file = [
      'code,percent off,amount off,uses,valid until,keeps places,ticket type',
      'GOOD-27,20,,2,2999-01-01,no,',
      'x,20,,,,,',
      'HALF-A,12.5,,,,,',
      'BOTH-27,20,"5,00",,,,',
      'DATE-27,20,,,03/04/2999,,',
      'KEEP-27,20,,,,yes,',
      'TYPE-27,20,,,,,Balcony',
      'good-27,20,,,,,',
      'SUMMER-27,20,,,,,',
      'CENT-27,,"5,005",,,,',
    ].join('\n');
    const refused = (await codes(event, file)).body;
    expect(refused.bad.map(({ line, fault }: { line: number; fault: string }) => [line, fault])).toEqual([
      [3, 'bad_code'],
      [4, 'bad_number'],
      [5, 'two_effects'],
      [6, 'ambiguous_date'],
      [7, 'needs_one_ticket_type'],
      [8, 'unknown_ticket_type'],
      [9, 'twice'],
      [10, 'taken'],
    ]);
    expect(refused).toMatchObject({ made: 0 });
    expect((await codes(event, file, { skipBad: true, dayFirst: true })).body).toMatchObject({ made: 3 });
  });

  test('that keep places are refused when none are free', async () => {
    const event = await world.event({ capacity: 3 });
    const file =
      'code,uses,keeps places,ticket type\nKEEP-A,2,yes,Regular\nKEEP-B,2,yes,Regular\nFREE-C,1,no,';
    const made = (await codes(event, file)).body;
    expect(made.bad.map(({ fault }: { fault: string }) => fault)).toEqual(['sold_out', 'sold_out']);
    expect(made.made).toBe(1);
    expect(await free(event)).toEqual([3]);
  });
});

test('a role without the right and another team import nothing; a key imports with its scope', async () => {
  const event = await twoTypes();
  const path = `/api/events/${event.id}/attendee-imports`;
  const body = { file: encoded('order,name,email,ticket\nK,Ada,key@example.com,Regular') };
  const support = await world.member(event.organiser, 'support');
  expect((await support.client.post(path, body)).body.code).toBe('forbidden');
  expect((await (await world.organiser()).client.post(path, body)).status).toBe(404);
  const keyWith = async (scopes: string[]) => {
    const made = await event.organiser.client.post(
      `/api/organisations/${event.organiser.organisationId}/api-keys`,
      { name: 'Shop', scopes },
    );
    return { authorization: `Bearer ${made.body.secret}` };
  };
  const program = world.client();
  expect((await program.post(path, body, await keyWith(['events:write']))).body.code).toBe('missing_scope');
  expect((await program.post(path, body, await keyWith(['places:write']))).body).toMatchObject({ made: 1 });
});
