import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isSignedManifest, readManifest } from '../../../contract/door-manifest.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import { createTicketSigner } from '../../../server/features/tickets/signer.ts';
import { type BenchEvent, call, type Organiser, openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf } from '../comparison.ts';
import { createHoldLoad, placesOf } from '../hold-load.ts';
import { median, percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report, Target } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { openCheckIns } from './check-ins.ts';

/** A whole number of orders. */
const portion = 19_998;
const deviceCount = 8;
const queuedScans = 5000;
const mostPerBatch = 500;
const perOrder = 3;
/** Admissions and holds a second. */
const gateRate = 200;
const saleRate = 500;
const buyerCount = 64;
/** Deltas that are measured: a gate asks every few seconds, and the server reads once a second for all. */
const deltas = 12;

/** The manifests of gates, among tickets of other events, and gates that hand in what they did without a network. */
export async function door(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser, {
      ticketTypes: [{ name: 'Free', priceMinor: 0, pools: ['floor'] }],
    });
    const [small, large, queued, other] = (await cloneEvent(stage, event, 4)).map(({ id }) => id) as [
      EventId,
      EventId,
      EventId,
      EventId,
    ];
    const audit = await auditOf(stage);
    // By SQL and without orders, because only the door is measured. So the books are not audited after this.
    await issue(stage, other, options.sizes.includes(1_000_000) ? 1_000_000 : 100_000);
    const ofSmall = await issue(stage, small, 20_000);
    const ofLarge = await issue(stage, large, 60_000);
    const ofQueued = await issue(stage, queued, queuedScans);
    await stage.db.run('analyze tickets');
    const first = await measure(stage, organiser, small, ofSmall);
    const second = await measure(stage, organiser, large, ofLarge);
    const sync = await handIn(stage, organiser, queued, ofQueued);
    const beside = await admitBesideSale(stage, event, options.seconds);
    return {
      bench: 'door',
      rate: queuedScans / sync.seconds,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: median(sync.batchMs),
      p99Ms: percentile(sync.batchMs, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      audit: sync.admitted === queuedScans ? audit : `BROKEN: ${sync.admitted} of ${queuedScans} admitted`,
      targets: [
        {
          what: '20,000 tickets: manifest with names, bytes',
          value: first.bytes,
          most: 1_000_000,
        },
        { what: `${queuedScans} scans of ${deviceCount} devices, seconds`, value: sync.seconds, most: 5 },
        { what: `${gateRate} admissions a second beside a sale, p99 in ms`, value: beside.p99Ms, most: 50 },
        { what: 'of these admissions a second', value: beside.rate, least: gateRate * 0.95 },
      ] satisfies Target[],
      each: { '20,000 tickets': first, '60,000 tickets': second, 'admissions beside a sale': beside },
      notes: [
        'rate, p50 and p99 are of the scans that were handed in, and of their batches.',
        'firstMs reads all tickets; againMs packs what the process knows; deltaMs is a delta after 20 admissions, with the read of the database.',
      ],
    };
  } finally {
    await stage.close();
  }
}

/**
 * Sixteen gates admit 200 guests a second of one event, while another one is on sale to 500 buyers a second. Both have their own
 * pace, so that the wait of a gate is measured and not the speed of the machine.
 */
async function admitBesideSale(stage: Stage, sale: BenchEvent, seconds: number) {
  const { paced } = await openCheckIns(stage);
  const holds = createHoldLoad(stage, () => placesOf(sale));
  const sell = (of: number) =>
    holds.slice({
      seconds: of,
      connections: buyerCount,
      everyMs: (buyerCount * 1000) / saleRate,
    });
  await holds.prepare({ seconds: 1, connections: buyerCount });
  await paced(gateRate, 1, () => sell(1));
  await holds.prepare({ seconds, connections: buyerCount });
  const { result, beside } = await paced(gateRate, seconds, () => sell(seconds));
  const { rate, p50Ms, p99Ms, maxMs } = result;
  return { rate, p50Ms, p99Ms, maxMs, holdsPerSecond: beside.rate, holdP99Ms: beside.p99Ms };
}

/** `$4` tickets of the event are there already, and a seat is there once. */
const issueSql = `
  insert into tickets (id, event_id, order_id, ticket_type_id, seat_index, ticket_type_name, seat_section, seat_row, seat_label,
    net_minor, tax_minor, fee_minor, attendee_name, position, issued_at)
  select given.id, $1, order_id, ticket_type.id, n, ticket_type.name, 'Block ' || n / 500, (1 + n % 500 / 25)::text,
    (1 + n % 25)::text, 0, 0, 0, (array['Ada','Bo','Chidi','Dana','Elif','Femi'])[1 + n % 6] || ' ' ||
    (array['Osei','Lindqvist','Montgomery','Xu','Yilmaz','García'])[1 + n / 6 % 6], n % ${perOrder}, now()
  from (
    select id, order_id, (ordinality - 1 + $4)::int as n
    from unnest($2::text[], $3::text[]) with ordinality as given (id, order_id)
  ) as given, (select id, name from ticket_types where event_id = $1 limit 1) as ticket_type`;

async function issue({ db, newId }: Stage, eventId: EventId, count: number): Promise<TicketId[]> {
  const ids: TicketId[] = [];
  for (let left = count; left > 0; left -= portion) {
    const some = Array.from({ length: Math.min(left, portion) }, () => newId('ticket'));
    const orders = some.map((_, i) => (i % perOrder === 0 ? newId('order') : null));
    const orderIds = some.map((_, i) => orders[i - (i % perOrder)]);
    await db.transaction(async (trx) => {
      await trx.run('set local session_replication_role = replica');
      await trx.run(issueSql, [eventId, some, orderIds, ids.length]);
    });
    ids.push(...some);
  }
  return ids;
}

async function take({ server }: Stage, { cookie }: Organiser, eventId: EventId, since?: string) {
  const started = performance.now();
  const query = since ? `?since=${since}` : '';
  const response = await fetch(`${server.url}/api/events/${eventId}/door-manifest${query}`, {
    headers: { cookie },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) throw new Error(`the manifest was answered with ${response.status}`);
  return { bytes, ms: performance.now() - started };
}

const secondPasses = () => new Promise((done) => setTimeout(done, 1050));

async function measure(stage: Stage, organiser: Organiser, eventId: EventId, ids: TicketId[]) {
  const first = await take(stage, organiser, eventId);
  const again = [await take(stage, organiser, eventId), await take(stage, organiser, eventId)];
  const { keys } = await call(stage, organiser, 'GET', '/api/ticket-keys');
  const verifying = performance.now();
  if (!(await isSignedManifest(first.bytes, keys))) throw new Error('the manifest is not signed');
  const verifyMs = performance.now() - verifying;
  const reading = performance.now();
  let { head } = readManifest(first.bytes);
  const readMs = performance.now() - reading;
  const deltaMs: number[] = [];
  let deltaBytes = 0;
  for (let i = 0; i < deltas; i++) {
    const admitted = ids.slice(i * 20, i * 20 + 20);
    await stage.db.run(
      `update tickets set status = 'used', used_at = now(), visit = 1, is_inside = true where id = any($1) and event_id = $2`,
      [admitted, eventId],
    );
    await secondPasses();
    const delta = await take(stage, organiser, eventId, head.version);
    const news = readManifest(delta.bytes);
    if (news.tickets.length < 20) throw new Error('the delta lacks tickets');
    head = news.head;
    deltaMs.push(delta.ms);
    deltaBytes = delta.bytes.length;
  }
  return {
    bytes: first.bytes.length,
    gzipBytes: gzipSync(first.bytes).length,
    firstMs: first.ms,
    againMs: Math.min(...again.map(({ ms }) => ms)),
    readMs,
    verifyMs,
    deltaMs: median(deltaMs),
    deltaBytes,
  };
}

/** Each device hands in its queue in batches, one after the other, all devices at once. */
async function handIn(stage: Stage, organiser: Organiser, eventId: EventId, ids: TicketId[]) {
  const signer = createTicketSigner(stage.env.TICKET_SIGNING_KEY as string);
  const scannedAt = new Date(Date.now() - 60_000).toISOString();
  const scans = ids.map((ticketId) => ({
    code: signer.sign({ eventId, ticketId, issue: 1 }),
    nonce: randomUUID(),
    scannedAt,
  }));
  const batchMs: number[] = [];
  let admitted = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: deviceCount }, async (_, device) => {
      const queue = scans.filter((_scan, i) => i % deviceCount === device);
      while (queue.length > 0) {
        const sent = performance.now();
        const body = { scans: queue.splice(0, mostPerBatch) };
        const { results } = await call(
          stage,
          organiser,
          'POST',
          `/api/events/${eventId}/check-ins/batch`,
          body,
        );
        batchMs.push(performance.now() - sent);
        admitted += results.filter(({ outcome }: { outcome: string }) => outcome === 'admitted').length;
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, batchMs: batchMs.sort((a, b) => a - b), admitted };
}
