import { setTimeout as wait } from 'node:timers/promises';
import { type BenchEvent, openOrganiser, openPeople, type Person, publishEvent } from '../cast.ts';
import { auditOf, coresOf, unexpected } from '../comparison.ts';
import { createHoldLoad, encodeHold, type HoldLoad, placesOf } from '../hold-load.ts';
import { encodeRequest } from '../http-requests.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { startSink } from '../sink-process.ts';
import { openStage, type Stage } from '../stage.ts';

const people = 5000;
const rounds = 2;
const connections = 128;
/** Every twentieth request of the load is for a place of the sold-out event: somebody who refreshes its page. */
const refreshEvery = 20;
/** Stops waiting for mails after this time. */
const patienceMs = 120_000;

/**
 * Five thousand people hold the places of an event and do not pay, and five thousand wait for these places. Then all holds
 * expire at one instant, while another event is on sale and strangers try to get places of the sold-out one. This measures
 * how long it takes until every place is offered and until every mail about an offer has arrived, and checks the order. The
 * holds of the sale are measured alone, and at once again beside the offers.
 */
export async function offers(options: BenchOptions): Promise<Report> {
  const sink = await startSink();
  const stage = await openStage({
    ...options,
    env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}`, MAIL_FROM: 'tickets@admit.example' },
  });
  try {
    const organiser = await openOrganiser(stage);
    const sale = await publishEvent(stage, organiser, { title: 'Day Shift' });
    const soldOut: BenchEvent[] = [];
    for (let i = 0; i < rounds; i++)
      soldOut.push(
        await publishEvent(stage, organiser, { pools: [{ key: 'floor', name: 'Floor', capacity: people }] }),
      );
    const lines: Person[][] = [];
    for (const event of soldOut) lines.push(await fillLine(stage, event));

    let round = 0;
    const wish = (n: number) =>
      placesOf(
        n % refreshEvery === 0 ? (soldOut[round] as BenchEvent) : sale,
        n % refreshEvery === 0 ? 1 : 2,
      );
    const load = createHoldLoad(stage, wish);
    const slice = () => load.slice({ seconds: options.seconds, connections });
    await load.slice({ seconds: 2, connections });
    load.windowsUs.length = 0;
    const alone: Held[] = [];
    const beside: Beside[] = [];
    for (; round < rounds; round++) {
      alone.push(await slice());
      beside.push(
        await offerBeside(stage, load, soldOut[round] as BenchEvent, { slice, arrived: sink.arrived }),
      );
    }
    if (options.profile)
      await printProfile(
        stage,
        load.windowsUs.filter((_window, i) => i % 2 === 1),
      );
    const most = (figure: (each: Beside) => number) => Math.max(...beside.map(figure));
    return {
      bench: 'offers',
      rate: over(beside, (each) => each.rate),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: over(beside, (each) => each.p50Ms),
      p99Ms: over(beside, (each) => each.p99Ms),
      serverRssMb: most((each) => each.serverRssMb),
      audit: await auditOf(stage, {
        acknowledged: load.acknowledged,
        eventIds: [sale, ...soldOut].map(({ id }) => id),
      }),
      targets: [
        {
          what: 'seconds until all places were offered',
          value: most((each) => each.offeredSeconds),
          most: 60,
        },
        { what: 'seconds until all mails had arrived', value: most((each) => each.mailedSeconds), most: 60 },
        { what: 'people who were passed over', value: most((each) => each.passedOver), most: 0 },
        { what: 'people without an offer', value: most((each) => people - each.offered), most: 0 },
        { what: 'people without a mail', value: most((each) => people - each.mailed), most: 0 },
        { what: 'places that strangers got', value: most((each) => each.strangers), most: 0 },
        { what: 'holds beside the offers to holds alone', value: ratioOver(beside, alone), least: 0.8 },
        { what: 'holds that were refused', value: unexpected([...alone, ...beside], 'sold_out'), most: 0 },
      ],
      more: {
        aloneRate: over(alone, (each) => each.rate),
        slicesAlone: alone.map(({ rate }) => Math.round(rate)).join(' '),
        slicesBeside: beside.map(({ rate }) => Math.round(rate)).join(' '),
        p99AloneMs: over(alone, (each) => each.p99Ms),
        secondsOfOffers: beside.map((each) => each.offeredSeconds.toFixed(1)).join(' '),
        secondsOfMails: beside.map((each) => each.mailedSeconds.toFixed(1)).join(' '),
        mailsInSlices: beside.map((each) => each.mailedInSlice).join(' '),
        batchesOfOffers: beside.map((each) => each.batches).join(' '),
        ...coresOf(beside),
      },
      notes: [`people in each line: ${lines.map((line) => line.length).join(', ')}`],
    };
  } finally {
    await stage.close();
    sink.stop();
  }
}

type Held = Awaited<ReturnType<HoldLoad['slice']>>;

interface Beside extends Held {
  /** From the expiry of all holds. */
  offeredSeconds: number;
  mailedSeconds: number;
  offered: number;
  mailed: number;
  mailedInSlice: number;
  passedOver: number;
  strangers: number;
  /** Batches of the ledger that made offers. */
  batches: number;
}

/** Sells the event out to holders, and lets as many people wait. Returns those who wait. */
async function fillLine(stage: Stage, event: BenchEvent): Promise<Person[]> {
  const [holders, waiting] = [await openPeople(stage, people), await openPeople(stage, people)];
  const send = async (requests: string[], what: string) => {
    const done = await stage.load.send(requests, {
      ports: [stage.server.port],
      connections: 64,
      seconds: 60,
    });
    if (done.statuses['201'] !== requests.length)
      throw new Error(`not everybody ${what}: ${JSON.stringify([done.statuses, done.codes])}`);
  };
  await send(
    holders.map((buyer) => encodeHold(buyer, placesOf(event, 1))),
    'got a place',
  );
  await send(
    waiting.map(({ cookie, userId }) =>
      encodeRequest({
        method: 'POST',
        path: `/api/events/${event.id}/waitlist`,
        headers: { cookie, 'idempotency-key': userId },
        body: { ticketTypeId: event.ticketTypeId, quantity: 1 },
      }),
    ),
    'waits',
  );
  await stage.settle();
  return waiting;
}

interface Load {
  slice: () => Promise<Held>;
  arrived: () => Promise<Record<string, number>>;
}

const expireSql = `update holds set expires_at = now() where event_id = $1 and status = 'active'`;
const offeredSql = `
  select count(*)::int as count from waitlist_entries where event_id = $1 and status = 'offered'`;

/** Lets all holds expire when the load has begun, and waits until the last offer and the last mail. */
async function offerBeside(
  stage: Stage,
  load: HoldLoad,
  event: BenchEvent,
  { slice, arrived }: Load,
): Promise<Beside> {
  const before = new Set(Object.keys(await arrived()));
  const heldBefore = load.acknowledged.length;
  const startMs = Date.now();
  let freedMs = 0;
  let offeredMs = Number.POSITIVE_INFINITY;
  const free = async () => {
    // Half a second into the load.
    await wait(500);
    freedMs = Date.now();
    await stage.db.run(expireSql, [event.id]);
    while (Date.now() - freedMs < patienceMs) {
      const [row] = await stage.db.query<{ count: number }>(offeredSql, [event.id]);
      if (row?.count === people) {
        offeredMs = Date.now();
        return;
      }
      await wait(100);
    }
  };
  const [held] = await Promise.all([slice(), free()]);
  const mails = async () =>
    Object.entries(await arrived()).flatMap(([address, atMs]) => (before.has(address) ? [] : [atMs]));
  let times = await mails();
  for (; times.length < people && Date.now() - freedMs < patienceMs; times = await mails()) await wait(250);
  const sliceEndMs = held.startedAtMs + held.seconds * 1000;
  if (startMs > freedMs || load.acknowledged.length === heldBefore)
    throw new Error('the places came back without a sale beside it');
  return {
    ...held,
    offeredSeconds: (offeredMs - freedMs) / 1000,
    mailedSeconds: times.length < people ? Number.POSITIVE_INFINITY : (Math.max(...times) - freedMs) / 1000,
    mailed: times.length,
    mailedInSlice: times.filter((atMs) => atMs <= sliceEndMs).length,
    ...(await checkOrder(stage, event)),
  };
}

// A ledger version is one batch. In the order of the line, no entry may have been offered in a later batch than the next one.
const orderSql = `
  select count(*) filter (where status = 'offered' and hold_status = 'active')::int as offered,
    count(*) filter (where version > least_after)::int as "passedOver",
    count(distinct version)::int as batches
  from (
    select waitlist_entries.status, holds.status as hold_status, waitlist_entries.version,
      min(waitlist_entries.version) over (order by place desc rows between unbounded preceding and 1 preceding) as least_after
    from waitlist_entries
    left join holds on holds.id = 'hld_' || substr(waitlist_entries.id, 5) and holds.event_id = waitlist_entries.event_id
      and holds.buyer_id = waitlist_entries.user_id and holds.places = waitlist_entries.quantity
    where waitlist_entries.event_id = $1) as entries`;
const strangersSql = `
  select count(*)::int as strangers from holds
  where event_id = $1 and status in ('active', 'confirmed')
    and not exists (select from waitlist_entries where event_id = $1 and user_id = holds.buyer_id)`;

async function checkOrder(
  stage: Stage,
  event: BenchEvent,
): Promise<Pick<Beside, 'offered' | 'passedOver' | 'batches' | 'strangers'>> {
  const [order] = await stage.db.query<Pick<Beside, 'offered' | 'passedOver' | 'batches'>>(orderSql, [
    event.id,
  ]);
  const [others] = await stage.db.query<{ strangers: number }>(strangersSql, [event.id]);
  if (!order || !others) throw new Error('the line is gone');
  return { ...order, ...others };
}
