/** A shop that runs already: an event with a waiting room and test money, seen through the public API only. */
import { readFileSync } from 'node:fs';
import type { Event } from '../../contract/events.ts';
import type { Availability } from '../../contract/holds.ts';
import type { SeatMap } from '../../contract/seating.ts';
import type { Queue } from '../../contract/waiting-room.ts';
import { systemClock } from '../../server/clock.ts';
import { type Plan, usualTerms } from '../../server/features/rehearsals/plan.ts';
import type { Requests } from './requests.ts';
import type { Shop } from './shop.ts';

/** Says why a shop cannot be rehearsed, in words for the person at the command line. */
export class CannotRehearse extends Error {}

/** What a run against such a shop is asked for. */
export interface Asked {
  requests: Requests;
  /** Where the shop is, for example `http://127.0.0.1:3000`. */
  url: string;
  /** The id or the short name of the event. */
  event: string;
  people: number;
  bots: number;
  seed: number;
  /** How long after the start everybody goes home. */
  endsMs: number;
  /** A file with the Cookie header of one account with a verified address per line. Without it people are guests. */
  sessions?: string;
  /** The clock of the shop, in ms since 1970; by default this machine's. */
  timeMs?: () => number;
}

const lastArrivalMs = 20 * 60_000;

/** Reads the event, and makes the plan of who comes: the opening of the queue and the free places are the shop's own. */
export async function openTheirShop(asked: Asked): Promise<{ shop: Shop; plan: Plan }> {
  const { requests, url, timeMs = () => systemClock.now().getTime() } = asked;
  const read = async <Body>(path: string, otherwise?: string): Promise<Body> => {
    const { status, body } = await requests.send({ method: 'GET', path });
    if (status === 200) return body as Body;
    throw new CannotRehearse(
      status === 404 && otherwise ? otherwise : `${url}${path} answered ${status || 'nothing'}`,
    );
  };
  const event = await read<Event>(`/api/events/${encodeURIComponent(asked.event)}`, 'there is no such event');
  const queue = await read<Queue>(
    `/api/events/${event.id}/queue`,
    'the event has no waiting room: set its `waitingRoom` to rehearse its on-sale',
  );
  await needsTestMoney(requests);
  const { ticketTypes } = await read<Availability>(`/api/events/${event.id}/availability`);
  const map = event.hasSeatMap ? await read<SeatMap>(`/api/events/${event.id}/seat-map`) : null;
  const free = new Map(ticketTypes.map(({ id, available }) => [id as string, available]));
  const open = event.ticketTypes.filter(({ id }) => (free.get(id) ?? 0) > 0);
  const seats = open.reduce((sum, { id }) => sum + (free.get(id) ?? 0), 0);
  if (seats === 0) throw new CannotRehearse('the event has no free places');
  const fromMs = timeMs();
  const opensMs = queue.opensAt === null ? 0 : Math.max(0, new Date(queue.opensAt).getTime() - fromMs);
  if (opensMs >= asked.endsMs)
    throw new CannotRehearse(
      `the queue opens at ${queue.opensAt}, after the end of the run: give more --minutes`,
    );
  const cookies = asked.sessions ? linesOf(asked.sessions) : [];
  if (asked.sessions && cookies.length < asked.people)
    throw new CannotRehearse(`${asked.sessions} has ${cookies.length} sessions for ${asked.people} people`);
  const ticketTypeOf = ({ n }: { n: number }) => {
    // As many people want each type as it has places, in an order that follows from their numbers.
    let at = Math.imul(n + 1, 0x9e3779b1) >>> 0;
    at %= seats;
    for (const { id } of open) {
      at -= free.get(id) ?? 0;
      if (at < 0) return id;
    }
    throw new Error('unreachable: the places of all types are as many as the seats');
  };
  return {
    plan: {
      people: asked.people,
      bots: asked.bots,
      seed: asked.seed,
      seats,
      opensMs,
      lastArrivalMs: Math.min(lastArrivalMs, asked.endsMs - opensMs),
      endsMs: asked.endsMs,
      peoplePerMinute: queue.wishedPerMinute,
      terms: {
        ...usualTerms,
        reviewFromScore: null,
        maxPerBuyer: event.maxPerBuyer,
        holdSeconds: event.holdSeconds,
        windowSeconds: queue.windowSeconds,
      },
    },
    shop: {
      url,
      eventId: event.id,
      organisationId: event.organisation.id,
      ticketTypeOf,
      rows: map ? rowsOf(map) : [],
      asksNames: event.asksAttendeeNames,
      cookieOf: ({ n }) => cookies[n] ?? '',
      fromMs,
      nowMs: () => timeMs() - fromMs,
      // The public API says only what is left. Before the opening nobody counts it.
      places: async ({ left, state }) => ({
        held: 0,
        sold: state === 'before_draw' || state === 'drawing' ? 0 : Math.max(0, seats - left),
      }),
    },
  };
}

/** Only the sandbox has this address, and it refuses a request without a secret. */
async function needsTestMoney(requests: Requests): Promise<void> {
  const path = '/api/sandbox/payments/pay_00000000000000000000000000';
  const { status } = await requests.send({ method: 'GET', path });
  if (status !== 400)
    throw new CannotRehearse('the shop takes real money, and a rehearsal pays with the cards of the sandbox');
}

/** Parts of rows without an aisle in them, by the numbers of their seats. */
export function rowsOf({ sections }: Pick<SeatMap, 'sections'>): number[][] {
  return sections
    .flatMap(({ rows }) => rows)
    .flatMap(({ seats }) => {
      const parts: number[][] = [[]];
      for (const { id, aisleAfter, accessible, companion } of seats) {
        if (!accessible && !companion) parts.at(-1)?.push(Number(id.slice(id.lastIndexOf('_') + 1)));
        if (aisleAfter || accessible || companion) parts.push([]);
      }
      return parts.filter((part) => part.length > 0);
    });
}

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
