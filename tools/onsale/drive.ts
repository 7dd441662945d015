/** Lets the people of a plan come to a real shop, over HTTP and by its clock. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { solveChallenge } from '../../client/prove-work.ts';
import { guestKeyHeader } from '../../contract/guest-key.ts';
import type { Availability } from '../../contract/holds.ts';
import { seatId } from '../../contract/ids.ts';
import type { Queue, QueueEntry } from '../../contract/waiting-room.ts';
import {
  type Journal,
  newVisit,
  noteTold,
  noteTurn,
  type Visit,
} from '../../server/features/rehearsals/journal.ts';
import { type Answer, live, type Wish } from '../../server/features/rehearsals/live.ts';
import { type Person, personOf } from '../../server/features/rehearsals/plan.ts';
import { createQueueView, type QueueView } from '../../server/features/rehearsals/queue-view.ts';
import type { Reply, Requests } from './requests.ts';
import { buyerName, type Shop } from './shop.ts';

interface Crowd {
  shop: Shop;
  speed: number;
  journal: Journal;
  requests: Requests;
  view: QueueView;
  visits: Visit[];
  /** The Cookie header that each person had at the end, by their number. */
  cookies: Map<number, string>;
  isOver: boolean;
  /** The last availability, and when it was read. */
  seen: { atMs: number; free: Promise<Buffer> } | null;
}

interface Guest {
  visit: Visit;
  cookie: string;
  token: string | null;
  holdId: string | null;
  /** How many places the hold has. */
  places: number;
  /** Null if the order is free. */
  payment: { id: string; clientSecret: string } | null;
  /** Of a guest: the solution of a challenge, and the key that stands for them until they have a cookie. */
  proof: string | null;
  key: string;
}

/** A refusal that says "later" is tried again so often. */
const mostRetries = 4;
/** The page asks so often whether the order is confirmed, and so often at most. */
const confirmEveryMs = 2000;
const mostConfirmLooks = 60;

export async function drive(of: {
  shop: Shop;
  speed: number;
  journal: Journal;
  requests: Requests;
}): Promise<{ visits: Visit[]; cookies: Map<number, string> }> {
  const { shop, journal, speed } = of;
  const { plan } = journal;
  const crowd: Crowd = {
    ...of,
    view: createQueueView(),
    visits: [],
    cookies: new Map(),
    isOver: false,
    seen: null,
  };
  const watching = watchQueue(crowd);
  const coming = Array.from({ length: plan.people }, (_, n) => personOf(plan, n)).sort(
    (a, b) => a.arriveMs - b.arriveMs,
  );
  const present: Promise<void>[] = [];
  for (const person of coming) {
    const inMs = person.arriveMs - shop.nowMs();
    if (inMs > 0) await wait(inMs / speed);
    journal.arrived++;
    present.push(visitOf(crowd, person));
  }
  await Promise.all(present);
  crowd.isOver = true;
  await watching;
  return { visits: crowd.visits, cookies: crowd.cookies };
}

async function visitOf(crowd: Crowd, person: Person): Promise<void> {
  const visit = newVisit(person);
  crowd.visits.push(visit);
  const guest: Guest = {
    visit,
    cookie: crowd.shop.cookieOf(person),
    token: null,
    holdId: null,
    places: 0,
    payment: null,
    proof: null,
    key: randomBytes(32).toString('base64url'),
  };
  const life = live(person, crowd.journal.plan);
  let next = life.next();
  while (!next.done) next = life.next(await grant(crowd, guest, next.value));
  crowd.cookies.set(person.n, guest.cookie);
  crowd.journal.end(visit, next.value);
}

async function grant(crowd: Crowd, guest: Guest, wish: Wish): Promise<Answer> {
  const { shop, speed } = crowd;
  const { eventId } = shop;
  const now = () => shop.nowMs();
  switch (wish.do) {
    case 'wait':
      await wait(wish.ms / speed);
      return { nowMs: now(), code: null };
    case 'watch': {
      const saw = await crowd.view.watch(guest.visit, wish.untilMs, now());
      // Pages do not all ask in the same instant.
      if (saw === 'drawn' || saw === 'turn')
        await wait(((guest.visit.person.n % 997) * (saw === 'turn' ? 1 : 60)) / speed);
      return { nowMs: now(), code: null, saw };
    }
    case 'join':
      return toldOf(crowd, guest, await join(crowd, guest));
    case 'look':
      return toldOf(
        crowd,
        guest,
        await ask(crowd, guest, 'look', 'GET', `/api/events/${eventId}/queue/mine`),
      );
    case 'leave':
      return answerOf(crowd, await ask(crowd, guest, 'leave', 'DELETE', `/api/events/${eventId}/queue/mine`));
    case 'hold':
      return hold(crowd, guest, wish);
    case 'release':
      return answerOf(crowd, await ask(crowd, guest, 'release', 'DELETE', `/api/holds/${guest.holdId}`));
    case 'order':
      return order(crowd, guest);
    case 'pay':
      return pay(crowd, guest, wish.card);
    case 'appeal': {
      const path = `/api/orders/${guest.visit.orderId}/review`;
      const review = await ask(crowd, guest, 'see the review', 'GET', path);
      if (review.body?.state !== 'open') return answerOf(crowd, review);
      const body = { text: 'My browser fills in forms, and many people have a name like mine.' };
      return answerOf(crowd, await ask(crowd, guest, 'appeal', 'POST', `${path}/appeal`, body));
    }
  }
}

/** Joins the queue. A guest proves work for a new place, as the page does. */
async function join(crowd: Crowd, guest: Guest): Promise<Reply> {
  const path = `/api/events/${crowd.shop.eventId}/queue`;
  const isUnknown = guest.cookie === '';
  const reply = isUnknown ? null : await ask(crowd, guest, 'join', 'POST', path, {});
  if (reply && codeOf(reply) !== 'proof_required') return reply;
  const challenge = await ask(crowd, guest, 'get a challenge', 'GET', `${path}/challenge`);
  if (challenge.status !== 200) return challenge;
  guest.proof = await solveChallenge(challenge.body);
  const joined = await ask(crowd, guest, 'join', 'POST', path, {});
  guest.proof = null;
  return joined;
}

function answerOf({ shop }: Crowd, { status, body }: Reply): Answer {
  const isRefused = status < 200 || status >= 300;
  return { nowMs: shop.nowMs(), code: isRefused ? codeOf({ status, body }) : null };
}

const codeOf = ({ status, body }: Pick<Reply, 'status' | 'body'>): string =>
  status === 0 ? 'no_answer' : (body?.code ?? `status_${status}`);

function toldOf(crowd: Crowd, guest: Guest, reply: Reply): Answer {
  const answer = answerOf(crowd, reply);
  if (answer.code !== null) return answer;
  const entry = reply.body as QueueEntry;
  const { visit } = guest;
  guest.token = entry.token;
  visit.lookedMs = answer.nowMs;
  checkPlace(visit, entry);
  visit.entryId = entry.id;
  visit.position = entry.position;
  if (entry.activeUntil) visit.activeUntilMs = new Date(entry.activeUntil).getTime() - crowd.shop.fromMs;
  noteTold(visit, entry.estimatedWaitSeconds, answer.nowMs);
  if (entry.status === 'active') noteTurn(crowd.journal, visit, answer.nowMs);
  return { ...answer, status: entry.status };
}

/** A place that was told keeps its number. Another place is right only if the first one has ended: the recount looks. */
function checkPlace(visit: Visit, { id, position }: QueueEntry): void {
  if (visit.entryId !== null && visit.entryId !== id) {
    visit.former.push(visit.entryId);
    visit.position = null;
  }
  if (visit.position !== null && visit.position !== position)
    visit.wrong = `${id} had position ${visit.position}, and then ${position}`;
}

async function hold(
  crowd: Crowd,
  guest: Guest,
  { quantity, choosesSeats }: Extract<Wish, { do: 'hold' }>,
): Promise<Answer> {
  const { eventId } = crowd.shop;
  const ticketTypeId = crowd.shop.ticketTypeOf(guest.visit.person);
  const seats = choosesSeats ? await chooseSeats(crowd, guest.visit.person.n, quantity) : null;
  const body = seats
    ? { seats: seats.map((index) => ({ seatId: seatId(eventId, index) })) }
    : { bestAvailable: { ticketTypeId, quantity } };
  const reply = await ask(crowd, guest, 'hold', 'POST', `/api/events/${eventId}/holds`, body, {
    quantity,
    seats,
  });
  const answer = answerOf(crowd, reply);
  if (answer.code === null) {
    guest.holdId = reply.body.id;
    guest.places = quantity;
  }
  return { ...answer, available: reply.body?.available ?? 0 };
}

/** Neighbours that were free on the page a moment ago; null if the page shows none. */
async function chooseSeats(crowd: Crowd, n: number, quantity: number): Promise<number[] | null> {
  const { rows } = crowd.shop;
  const free = await freeSeats(crowd);
  const isFree = (index: number) => (((free[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[(n + i) % rows.length] as number[];
    for (let first = n % 3; first + quantity <= row.length; first++) {
      const chosen = row.slice(first, first + quantity);
      if (chosen.every(isFree)) return chosen;
    }
  }
  return null;
}

/** The map of a page is two seconds old at most. Live messages keep it so without a request. */
const mapAgeMs = 2000;

function freeSeats(crowd: Crowd): Promise<Buffer> {
  const nowMs = crowd.shop.nowMs();
  if (crowd.seen && nowMs - crowd.seen.atMs < mapAgeMs) return crowd.seen.free;
  const path = `/api/events/${crowd.shop.eventId}/availability`;
  const free = crowd.requests
    .send({ method: 'GET', path })
    .then(({ body }) => Buffer.from((body as Availability)?.seats ?? '', 'base64'));
  crowd.seen = { atMs: nowMs, free };
  return free;
}

async function order(crowd: Crowd, guest: Guest): Promise<Answer> {
  const { email } = guest.visit.person;
  const body = {
    holdId: guest.holdId,
    buyer: { name: buyerName, email },
    ...(crowd.shop.asksNames && { attendees: Array.from({ length: guest.places }, () => buyerName) }),
  };
  const reply = await ask(crowd, guest, 'order', 'POST', '/api/orders', body);
  const answer = answerOf(crowd, reply);
  if (answer.code !== null) return answer;
  guest.visit.orderId = reply.body.order.id;
  guest.payment = reply.body.payment;
  return guest.payment || reply.body.order.status === 'confirmed'
    ? answer
    : { ...answer, code: 'order_ended' };
}

async function pay(crowd: Crowd, guest: Guest, number: string): Promise<Answer> {
  if (!guest.payment) return { nowMs: crowd.shop.nowMs(), code: null, paid: true };
  const { id, clientSecret } = guest.payment;
  const path = `/api/sandbox/payments/${id}/confirmation`;
  const reply = await ask(crowd, guest, 'pay', 'POST', path, { clientSecret, card: { number } });
  const answer = answerOf(crowd, reply);
  if (answer.code !== null || reply.body.status !== 'succeeded') return { ...answer, paid: false };
  const atMs = performance.now();
  for (let look = 0; look < mostConfirmLooks; look++) {
    const seen = await ask(crowd, guest, 'see the order', 'GET', `/api/orders/${guest.visit.orderId}`);
    if (seen.body?.status === 'confirmed') {
      crowd.journal.note('from the card to the ticket', performance.now() - atMs);
      return { ...answer, nowMs: crowd.shop.nowMs(), paid: true };
    }
    if (seen.status === 200 && seen.body.status !== 'pending')
      return { ...answer, code: `order_${seen.body.status}`, paid: false };
    await wait(confirmEveryMs / crowd.speed);
  }
  return { ...answer, code: 'never_confirmed', paid: false };
}

/** Sends one request as this person. A refusal that says when to come back is followed. */
async function ask(
  crowd: Crowd,
  guest: Guest,
  step: string,
  method: string,
  path: string,
  body?: unknown,
  asked: { quantity: number; seats: number[] | null } = { quantity: 0, seats: null },
): Promise<Reply> {
  const { shop, journal, requests } = crowd;
  const { person } = guest.visit;
  const key = randomBytes(12).toString('base64url');
  for (let tries = 0; ; tries++) {
    const sentMs = shop.nowMs();
    const quietMs = sentMs - guest.visit.sentMs;
    guest.visit.sentMs = sentMs;
    const startMs = performance.now();
    const reply = await requests.send({
      method,
      path,
      body,
      headers: {
        ...(guest.cookie ? { cookie: guest.cookie } : { [guestKeyHeader]: guest.key }),
        ...(guest.proof !== null && step === 'join' && { 'queue-proof': guest.proof }),
        'x-forwarded-for': person.address,
        'user-agent': person.agent,
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...(guest.token !== null && step === 'hold' && { 'queue-token': guest.token }),
      },
    });
    journal.note(step, performance.now() - startMs);
    keepCookies(guest, reply.setCookies);
    if (reply.status >= 200 && reply.status < 300) return reply;
    const { reason, retryAfterSeconds = 2 } = reply.body ?? {};
    journal.refuse({
      n: person.n,
      isBot: person.isBot,
      step,
      code: codeOf(reply),
      sentMs,
      atMs: shop.nowMs(),
      quantity: asked.quantity,
      quietMs,
      ...(reason && { reason }),
      ...(asked.seats && { seats: asked.seats }),
    });
    const isForNow = reply.status === 0 || reply.status === 503 || reply.status === 429;
    if (!isForNow || tries === mostRetries) return reply;
    await wait((retryAfterSeconds * 1000) / crowd.speed);
  }
}

function keepCookies(guest: Guest, setCookies: string[]): void {
  if (setCookies.length === 0) return;
  const kept = new Map(
    guest.cookie
      .split('; ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair]),
  );
  for (const line of setCookies) {
    const [pair = ''] = line.split(';');
    kept.set(pair.slice(0, pair.indexOf('=')), pair);
  }
  guest.cookie = [...kept.values()].join('; ');
}

/** Reads the public state once a second of the sale, and notes it. */
async function watchQueue(crowd: Crowd): Promise<void> {
  const { shop, journal, view, requests, speed } = crowd;
  const path = `/api/events/${shop.eventId}/queue`;
  while (!crowd.isOver) {
    const startMs = performance.now();
    const { status, body } = await requests.send({ method: 'GET', path });
    journal.note('read the queue', performance.now() - startMs);
    const nowMs = shop.nowMs();
    if (status === 200) {
      const queue = body as Queue;
      const { held, sold } = await shop.places(queue);
      journal.samples.push({
        // Not before the answer: on a busy machine the places are counted seconds after the question.
        atMs: shop.nowMs(),
        arrived: journal.arrived,
        waiting: queue.waiting,
        admitted: journal.admitted.honest + journal.admitted.bots,
        holds: held,
        sold,
      });
      // Nobody may stay beyond the end of the run.
      view.see(nowMs >= journal.plan.endsMs ? { ...queue, state: 'ended' } : queue, nowMs);
    }
    await wait(Math.max(50, 1000 / speed - (performance.now() - startMs)));
  }
}
