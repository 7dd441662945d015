import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { readStatement } from './read-statement.ts';
import { importFile, offerTransfers, orderByTransfer } from './testing/order-by-transfer.ts';
import { camt, csv, type Line, mt940 } from './testing/statements.ts';

let world: World;
let house: Organiser;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  await offerTransfers(house);
  event = await world.event({ organiser: house, capacity: 100 });
});
afterAll(async () => {
  expect(await audit(world.app.db)).toEqual([]);
  await world.close();
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const day = () => world.clock.now().toISOString().slice(0, 10);
const line = (minor: number, text: string, more: Partial<Line> = {}): Line => ({
  day: day(),
  minor,
  text,
  ...more,
});
const root = () => `/api/organisations/${house.organisationId}`;
const list = async (state: string) =>
  (await house.client.get(`${root()}/bank-entries?state=${state}&limit=100`)).body.items;
const entryWith = async (text: string) => {
  const all = (await Promise.all(['done', 'partly', 'unmatched', 'debit'].map(list))).flat();
  return all.filter((entry: { text: string }) => entry.text.includes(text));
};
const statusOf = async ({ person, orderId }: Awaited<ReturnType<typeof orderByTransfer>>) =>
  (await person.client.get(`/api/orders/${orderId}`)).body.status;
const order = (quantity = 1) => orderByTransfer(world, event, quantity);
const load = async (content: string | Buffer, more = {}) => {
  const { status, body } = await importFile(house, content, more);
  if (status !== 201) return body;
  await world.drain();
  return { ...body, fresh: body.statement.fresh, statement: undefined };
};
const split = (reference: string) => `${reference.slice(0, 7)}\n${reference.slice(7)}`;

describe.each([
  ['CAMT.053 of version 02', (lines: Line[]) => camt(lines)],
  ['CAMT.053 of version 08', (lines: Line[]) => camt(lines, { version: '08' })],
  ['CAMT.052', (lines: Line[]) => camt(lines, { message: '052', version: '06' })],
  ['CAMT.054', (lines: Line[]) => camt(lines, { message: '054', version: '04' })],
  ['MT940', (lines: Line[]) => mt940(lines)],
  ['CSV', (lines: Line[]) => csv(lines)],
] as const)('%s', (_name, write) => {
  test('pays an order once, also if its entries come again among others', async () => {
    const ada = await order(2);
    const bob = await order();
    const first = [
      line(5000, `Tickets ${ada.transfer.reference}`, { name: 'Jürgen Groß' }),
      line(-1990, `Miete ${ada.orderId}`, { name: 'Vermieter' }),
      // Two equal gifts on one day are two.
      line(1000, `Spende ${ada.orderId}`),
      line(1000, `Spende ${ada.orderId}`),
    ];
    expect(await load(write(first))).toEqual({ done: 1, partly: 0, unmatched: 2, debits: 1, fresh: 4 });
    expect(await statusOf(ada)).toBe('confirmed');
    expect(await statusOf(bob)).toBe('pending');
    const again = [...first, line(2500, bob.transfer.reference.toLowerCase())];
    expect(await load(write(again))).toEqual({ done: 1, partly: 0, unmatched: 0, debits: 0, fresh: 1 });
    expect(await statusOf(bob)).toBe('confirmed');
    const [entry] = await entryWith(ada.transfer.reference);
    expect(entry).toMatchObject({
      kind: 'credit',
      bookedOn: day(),
      amount: eur(5000),
      payer: { name: 'Jürgen Groß', iban: 'GB82WEST12345698765432' },
    });
  });
});

test('a reference is found with spaces, in lower case and over two lines, and two in one transfer pay two orders', async () => {
  const [a, b, c] = [await order(), await order(), await order(2)];
  const both = `${split(a.transfer.reference.toLowerCase())} und ${b.transfer.reference.replace(/(.{4})/g, '$1 ')}`;
  expect(await load(camt([line(5000, both), line(5000, split(c.transfer.reference))]))).toMatchObject({
    done: 2,
  });
  expect(await Promise.all([a, b, c].map(statusOf))).toEqual(['confirmed', 'confirmed', 'confirmed']);
});

test('a reference with a wrong check digit is none', async () => {
  const { transfer } = await order();
  const other = transfer.reference.endsWith('7') ? '8' : '7';
  const wrong = `${transfer.reference.slice(0, -1)}${other}`;
  expect(await load(camt([line(2500, wrong)]))).toMatchObject({ unmatched: 1 });
  expect((await entryWith(wrong))[0]).toMatchObject({ problem: 'no_reference', rest: eur(2500) });
});

test('too little waits for the rest, which adds up, and too much leaves a rest to send back', async () => {
  const ada = await order(2);
  expect(await load(camt([line(2000, `Teil ${ada.transfer.reference}`)]))).toMatchObject({ partly: 1 });
  expect((await entryWith(ada.transfer.reference))[0]).toMatchObject({
    state: 'partly',
    problem: 'too_little',
    assignments: [{ amount: eur(2000), open: eur(3000), isFinal: false }],
  });
  expect((await ada.person.client.get(`/api/orders/${ada.orderId}/transfer`)).body).toMatchObject({
    received: eur(2000),
    open: eur(3000),
  });
  expect(await load(camt([line(3500, `Rest ${ada.transfer.reference}`)]))).toMatchObject({ partly: 1 });
  expect(await statusOf(ada)).toBe('confirmed');
  const [rest] = await entryWith(`Rest ${ada.transfer.reference}`);
  expect(rest).toMatchObject({ problem: 'too_much', rest: eur(500) });
  expect((await entryWith(`Teil ${ada.transfer.reference}`))[0]).toMatchObject({
    state: 'done',
    problem: null,
  });
  const back = await house.client.post(`${root()}/bank-entries/${rest.id}/return`);
  expect(back.body).toMatchObject({ state: 'done', rest: eur(0) });
  // A second transfer for a paid order pays nothing.
  expect(await load(camt([line(5000, `Doppelt ${ada.transfer.reference}`)]))).toMatchObject({ partly: 1 });
  expect((await entryWith('Doppelt'))[0]).toMatchObject({
    problem: 'order_paid',
    rest: eur(5000),
    assignments: [],
  });
});

test('what an order had when it ended can be sent back', async () => {
  const ada = await order(2);
  await load(camt([line(1000, `Anzahlung ${ada.transfer.reference}`)]));
  const [entry] = await entryWith('Anzahlung');
  const send = () => house.client.post(`${root()}/bank-entries/${entry.id}/return`);
  expect((await send()).body.code).toBe('entry_not_assignable');
  await ada.person.client.post(`/api/orders/${ada.orderId}/cancellation`);
  await world.drain();
  expect((await send()).body).toMatchObject({ state: 'done', rest: eur(0), assignments: [] });
  expect((await house.client.get(`${root()}/bank-returns`)).body.items).toContainEqual(
    expect.objectContaining({ amount: eur(1000) }),
  );
});

test('a person assigns money, and takes it back until it has paid the order', async () => {
  const ada = await order(2);
  await load(camt([line(2000, 'Von Oma'), line(3000, 'Von Opa')]));
  const [[grandma], [grandpa]] = [await entryWith('Von Oma'), await entryWith('Von Opa')];
  const assign = (id: string, orderNumber: string) =>
    house.client.post(`${root()}/bank-entries/${id}/assignments`, { orderNumber });
  const undo = (id: string) => house.client.delete(`${root()}/bank-entries/${id}/assignments/${ada.orderId}`);
  expect((await assign(grandma.id, 'AAAAAAAA')).body.code).toBe('not_by_transfer');
  expect((await assign(grandma.id, ada.orderId.slice(-8).toLowerCase())).body).toMatchObject({
    problem: 'too_little',
  });
  expect((await undo(grandma.id)).body).toMatchObject({
    state: 'unmatched',
    rest: eur(2000),
    assignments: [],
  });
  await assign(grandma.id, ada.transfer.reference);
  expect((await assign(grandpa.id, ada.orderId)).body.assignments).toMatchObject([
    { isFinal: true, byHand: true },
  ]);
  expect((await undo(grandma.id)).body.code).toBe('assignment_final');
  await world.drain();
  expect(await statusOf(ada)).toBe('confirmed');
  expect((await assign(grandma.id, ada.orderId)).body.code).toBe('entry_not_assignable');
});

test('a stranger sees nothing of it', async () => {
  const stranger = await world.organiser();
  const [entry] = await list('done');
  const path = `/api/organisations/${stranger.organisationId}/bank-entries`;
  expect((await stranger.client.get(`${path}?state=done`)).body.items).toEqual([]);
  expect((await stranger.client.post(`${path}/${entry.id}/return`)).status).toBe(404);
});

test('the same statement twice at once counts once', async () => {
  const [a, b] = [await order(), await order()];
  const file = camt([
    line(2500, a.transfer.reference),
    line(2500, b.transfer.reference),
    line(700, `Wind ${a.orderId}`),
  ]);
  const answers = await Promise.all([
    importFile(house, file),
    importFile(house, file),
    importFile(house, file),
  ]);
  await world.drain();
  expect(answers.map(({ body }) => body.statement.fresh).sort()).toEqual([0, 0, 3]);
  expect(await entryWith(`Wind ${a.orderId}`)).toHaveLength(1);
  expect([await statusOf(a), await statusOf(b)]).toEqual(['confirmed', 'confirmed']);
});

test('after a crash between two entries nothing of the file was imported, and importing it again imports all', async () => {
  const [a, b] = [await order(), await order()];
  const file = camt([line(2500, a.transfer.reference), line(2500, b.transfer.reference)]);
  await world.app.db.pool.query(`
    create function fail_bank() returns trigger language plpgsql as $$ begin raise exception 'crashed'; end $$;
    create trigger fail_bank before insert on bank_matches for each row when (new.order_id = '${b.orderId}') execute function fail_bank()`);
  expect((await importFile(house, file)).status).toBe(500);
  await world.app.db.pool.query('drop trigger fail_bank on bank_matches; drop function fail_bank');
  await world.drain();
  expect(await entryWith(a.transfer.reference)).toEqual([]);
  expect([await statusOf(a), await statusOf(b)]).toEqual(['pending', 'pending']);
  expect(await load(file)).toMatchObject({ fresh: 2, done: 2 });
  expect([await statusOf(a), await statusOf(b)]).toEqual(['confirmed', 'confirmed']);
});

describe('the file', () => {
  const refused = async (content: string | Buffer, more = {}) => {
    const { code, fault, row } = await load(content, more);
    return { code, fault, row };
  };
  const says = (fault: string, row: number | null = null) => ({ code: 'statement_refused', fault, row });

  test('is refused by name if it is none, of another account, damaged or dangerous', async () => {
    expect(await refused('hello')).toEqual(says('unknown_format'));
    expect(await refused(Buffer.from([1, 0, 2]))).toEqual(says('unknown_format'));
    expect(await refused(camt([line(100, 'x')], { iban: 'GB82WEST12345698765432' }))).toEqual(
      says('bad_account'),
    );
    expect(await refused(camt([line(100, 'x')]).slice(0, -30))).toEqual(says('damaged'));
    const bomb = '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>';
    expect(await refused(camt([line(100, '&b;')]).replace('?>', `?>${bomb}`))).toEqual(says('damaged'));
    expect(await refused(camt([line(100, 'x')]).replaceAll('camt.053', 'pain.001'))).toEqual(
      says('unknown_format'),
    );
    expect(await refused(camt([line(100, 'x', { day: '2026-02-30' })]))).toEqual(says('bad_date'));
    expect(await refused(mt940([line(100, 'x')]).replace('NTRF', 'XX'))).toEqual(says('damaged', 5));
    expect(await refused(csv([line(100, 'x')]).replace(';1,00', ';1,0,0'))).toEqual(says('bad_amount', 4));
  });

  test('a text with very many accents holds nobody up', () => {
    const hostile = `a${'\u0301'.repeat(60_000)}${'\u0323'.repeat(60_000)}`;
    const began = process.cpuUsage();
    expect(
      readStatement(Buffer.from(camt([line(100, hostile, { name: hostile })])), null).entries,
    ).toHaveLength(1);
    expect(() => readStatement(Buffer.from(`${hostile};Amount;Text\n`), null)).toThrow();
    // Each of these texts took ten seconds before it was cut.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
  });

  test('an element with very many others is refused before it is searched', () => {
    const many = camt([line(100, 'x')]).replace('<Ntry>', `<Ntry>${'<x/>'.repeat(200_000)}`);
    expect(() => readStatement(Buffer.from(many), null)).toThrow(
      expect.objectContaining({ code: 'statement_refused' }),
    );
  });

  test('two transfers of a day with one reference of the bank in two files are two', async () => {
    const [a, b] = [await order(), await order()];
    for (const each of [a, b])
      expect(
        await load(
          camt([line(2500, each.transfer.reference, { name: each.orderId })]).replaceAll(
            /<AcctSvcrRef>[^<]*/g,
            '<AcctSvcrRef>1',
          ),
        ),
      ).toMatchObject({ fresh: 1, done: 1 });
  });

  test('an entry of a CSV counts once, also after the organisation has another account', async () => {
    const team = await world.organiser();
    await offerTransfers(team);
    const own = await world.event({ organiser: team });
    const { transfer } = await orderByTransfer(world, own, 1);
    const file = csv([line(1000, transfer.reference)]);
    const first = await importFile(team, file);
    await offerTransfers(team, {
      account: { holder: 'Kulturverein', iban: 'GB82WEST12345698765432', bic: 'COBADEFFXXX' },
    });
    const second = await importFile(team, file);
    expect([first.body.statement.fresh, second.body.statement.fresh]).toEqual([1, 0]);
  });

  test('a column of the direction makes debits of amounts without a sign', async () => {
    const file = `Buchungstag;Betrag;Soll/Haben;Verwendungszweck\n${day()};12,00;S;Abgang\n${day()};13,00;H;Zugang\n`;
    const { entries } = readStatement(Buffer.from(file), null);
    expect(entries.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['debit', 1200],
      ['credit', 1300],
    ]);
  });

  test('pending entries do not count, and a batch is its transactions', async () => {
    const [a, b] = [await order(), await order()];
    const tx = (minor: string, text: string) =>
      `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${minor}</Amt></TxAmt></AmtDtls><RmtInf><Strd><CdtrRefInf><Ref>${text}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`;
    const batch = `<Ntry><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>${day()}T10:00:00+01:00</DtTm></BookgDt><AcctSvcrRef>BATCH1</AcctSvcrRef><NtryDtls>${tx('25.00', a.transfer.reference)}${tx('25.00', b.transfer.reference)}</NtryDtls></Ntry>`;
    const pending = camt([line(2500, 'Pending')]).replace('BOOK', 'PDNG');
    expect(await load(pending.replace('</Stmt>', `${batch}</Stmt>`))).toMatchObject({ fresh: 2, done: 2 });
  });

  test('may have the letters of Western Europe, words between slashes, and any titles', async () => {
    const [a, b] = [await order(), await order()];
    const latin = Buffer.from(
      camt([line(2500, a.transfer.reference, { name: 'Müller' })]).replace('UTF-8', 'ISO-8859-1'),
      'latin1',
    );
    expect(await load(latin)).toMatchObject({ done: 1 });
    expect((await entryWith(a.transfer.reference))[0].payer.name).toBe('Müller');
    const dutch = [
      ':20:1',
      ':25:DE89370400440532013000EUR',
      ':60F:C261101EUR0,00',
      `:61:${day().replaceAll('-', '').slice(2)}C25,00NTRFEREF//1`,
      `:86:/EREF/NOTPROVIDED/NAME/J. de Vries/IBAN/GB82WEST12345698765432`,
      `/REMI/${b.transfer.reference}/`,
      ':62F:C261101EUR25,00',
    ].join('\n');
    expect(await load(dutch)).toMatchObject({ done: 1 });
    expect((await entryWith(b.transfer.reference))[0].payer.name).toBe('J. de Vries');
    const columns = {
      date: 'When',
      amount: 'How much',
      text: 'Why',
      name: null,
      iban: null,
      reference: 'Id',
      currency: null,
    };
    const own = `When,How much,Why,Id\n${day()},"1,234.50",Own titles,7\n${day()},"1,234.50",Own titles,8\n`;
    expect(await load(own, { columns })).toMatchObject({ unmatched: 2 });
    expect(await refused(own, { columns: { ...columns, date: 'Day' } })).toEqual(says('unknown_format'));
  });
});
