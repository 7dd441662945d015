import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TicketId } from '../../../contract/ids.ts';
import { systemClock } from '../../../server/clock.ts';
import { joinTeam } from '../../../server/features/organisations/join-team.ts';
import { createTicketSigner } from '../../../server/features/tickets/signer.ts';
import { type BenchEvent, call, type Organiser, openOrganiser, openPeople, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { encodeRequest } from '../http-requests.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { interleave, type MeasuredSlice, measured } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const gateCount = 16;
/** One scan in so many is of a ticket that was admitted at another gate. */
const secondScanEvery = 20;
/** The most tickets in one order. */
const placesPerOrder = 100;
const firstGuess = 6000;

/** One event with sixteen gates. The scanner at each gate sends one scan after the other. */
export async function checkIns(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const { slice, event, windowsUs, scanned } = await openCheckIns(stage);
    await slice(1.5);
    const body = { code: 'x'.repeat(167), nonce: randomUUID(), gate: 'Gate 1' };
    await stage.empty.answer('post', 201, 300);
    const request = encodeRequest({ method: 'POST', path: '/empty', body });
    const emptySlice = (seconds: number) =>
      stage.load.run(
        { kind: 'repeated', request },
        { ports: [stage.empty.port], connections: gateCount, seconds },
      );
    await emptySlice(1);
    windowsUs.length = 0;
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 4;
    const lanes = await interleave(4, {
      admit: () => slice(seconds),
      empty: () => stage.server.paused(() => emptySlice(Math.min(2, seconds))),
    });
    const report = compare('check-ins', lanes);
    const [rows] = await stage.db.query<{ admitted: number; tickets: number }>(admittedSql, [event.id]);
    report.targets = [
      { what: 'to the empty route', value: report.ratioToEmpty!, least: 0.15 },
      { what: 'tickets admitted twice', value: rows!.admitted - rows!.tickets, most: 0 },
      {
        what: 'admissions more or less than were answered',
        value: Math.abs(rows!.admitted - scanned()),
        most: 0,
      },
      { what: 'answers that are neither', value: unexpected(lanes.admit, 'already_used'), most: 0 },
    ];
    report.more = { ...report.more, answers: answersOf(lanes.admit) };
    const audit = await auditOf(stage);
    if (options.profile) await printProfile(stage, windowsUs);
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}

/** Sixteen gates of one event, and slices of scans of new tickets. */
export async function openCheckIns(stage: Stage) {
  const organiser = await openOrganiser(stage);
  const event = await publishEvent(stage, organiser, {
    maxPerBuyer: 1000,
    ticketTypes: [{ name: 'Free', priceMinor: 0, pools: ['floor'], maxPerOrder: placesPerOrder }],
  });
  const gates = await openGates(stage, organiser);
  const signer = createTicketSigner(stage.env.TICKET_SIGNING_KEY!);
  const encodeScan = (n: number, ticketId: TicketId) =>
    encodeRequest({
      method: 'POST',
      path: `/api/events/${event.id}/check-ins`,
      headers: { cookie: gates[n % gateCount]!.cookie },
      body: {
        code: signer.sign({ eventId: event.id, ticketId, issue: 1 }),
        nonce: randomUUID(),
        gate: `Gate ${n % gateCount}`,
      },
    });

  let count = 0;
  let expectedRate = firstGuess;
  let scanned = 0;
  const windowsUs: [number, number][] = [];
  const prepare = async (seconds: number): Promise<string[]> => {
    const tickets = await issueTickets(stage, event, Math.ceil(expectedRate * seconds * 1.3));
    return tickets.flatMap((id, i) => {
      const again = i >= 200 && i % secondScanEvery === 0 ? [encodeScan(count++, tickets[i - 200]!)] : [];
      return [encodeScan(count++, id), ...again];
    });
  };
  const slice = async (seconds: number): Promise<MeasuredSlice> => {
    const requests = await prepare(seconds);
    const result = await measured(stage, () =>
      stage.load.send(requests, { ports: [stage.server.port], connections: gateCount, seconds }),
    );
    expectedRate = result.rate;
    scanned += result.statuses[201] ?? 0;
    windowsUs.push(result.windowUs);
    await stage.settle();
    return result;
  };
  /** So many scans a second, spread over the gates, while `other` runs. Waits for the gates first. */
  const paced = async <R>(perSecond: number, seconds: number, other: () => Promise<R>) => {
    expectedRate = perSecond;
    const requests = await prepare(seconds);
    const everyMs = (gateCount * 1000) / perSecond;
    const options = { ports: [stage.server.port], connections: gateCount, seconds, everyMs };
    const [result, beside] = await Promise.all([stage.load.send(requests, options), other()]);
    scanned += result.statuses[201] ?? 0;
    await stage.settle();
    return { result, beside };
  };
  return { slice, paced, event, windowsUs, scanned: () => scanned };
}

const admittedSql = `
  select count(*)::int as admitted, count(distinct ticket_id)::int as tickets from check_ins where event_id = $1`;

/** Creates door staff, one for each gate. */
async function openGates(stage: Stage, organiser: Organiser) {
  const people = await openPeople(stage, gateCount);
  for (const { userId } of people) {
    const { organisationId } = organiser;
    await joinTeam({ ...stage, clock: systemClock }, { organisationId, userId, role: 'door' });
  }
  // Joining a team changes the account, so the server would look up earlier cookies for each scan.
  return stage.accounts.openSessions(people.map(({ userId }) => userId));
}

/** Creates tickets through orders, a hundred at a time and free. */
async function issueTickets(stage: Stage, event: BenchEvent, count: number): Promise<TicketId[]> {
  const buyers = await openPeople(stage, Math.ceil(count / placesPerOrder));
  const tickets: TicketId[] = [];
  for (let i = 0; i < buyers.length; i += 8) {
    const orders = await Promise.all(
      buyers.slice(i, i + 8).map(async (buyer) => {
        const items = [{ ticketTypeId: event.ticketTypeId, quantity: placesPerOrder }];
        const hold = await call(stage, buyer, 'POST', `/api/events/${event.id}/holds`, { items });
        const body = {
          holdId: hold.id,
          buyer: { name: 'Ada Osei', email: `${buyer.userId.toLowerCase()}@example.com` },
        };
        return (await call(stage, buyer, 'POST', '/api/orders', body)).order;
      }),
    );
    for (const order of orders) tickets.push(...order.tickets.map((ticket: { id: TicketId }) => ticket.id));
  }
  await forgetMails(stage);
  return tickets;
}

const unbegunSql = `delete from graphile_worker._private_jobs where locked_at is null`;
const begunSql = `select count(*)::int as count from graphile_worker._private_jobs where locked_at is not null`;

/** Drops the mails of the tickets, a hundred pages each. In reality they are sent long before the doors open. */
async function forgetMails({ db, settle }: Stage): Promise<void> {
  await settle();
  for (;;) {
    await db.run(unbegunSql);
    const [row] = await db.query<{ count: number }>(begunSql);
    if (row?.count === 0) return;
    await wait(50);
  }
}
