import { setTimeout as wait } from 'node:timers/promises';
import type { EventId } from '../../contract/ids.ts';
import { createClient } from '../../server/testing/client.ts';
import { days } from '../../server/testing/clock.ts';
import { boxOffice } from './box-office.ts';
import { ask, expectCode, type Load, type OnSale } from './buyers.ts';
import { fans } from './fans.ts';

/*
 * The other users besides the buyers: people who sign up and sign in (better-auth's own connections, mails), a door that
 * admits and sells (box-office.ts), an organiser who moves one event and cancels another, visitors who read, pages that listen, and
 * fans who wait (fans.ts).
 * Each goes on until the load stops.
 */

const password = 'correct-horse-battery';
const wrong = (load: Load, what: string) => (error: unknown) =>
  void load.journal.wrong.push(`${what}: ${(error as Error).message}`);

export const crowd = (load: Load): Promise<unknown> =>
  Promise.all([
    signUps(load).catch(wrong(load, 'sign-up')),
    door(load).catch(wrong(load, 'door')),
    boxOffice(load).catch(wrong(load, 'box office')),
    organiser(load).catch(wrong(load, 'organiser')),
    readers(load).catch(wrong(load, 'reader')),
    fans(load).catch(wrong(load, 'line')),
    ...load.events.map(({ eventId }) => listener(load, eventId).catch(wrong(load, 'live connection'))),
  ]);

/** Signs up, then signs in with the password. */
async function signUps(load: Load): Promise<void> {
  for (let n = 0; !load.stopped; n++) {
    const email = `person-${load.random.below(1e9)}-${n}@example.com`;
    const up = await ask(load, () =>
      createClient(load.url).post('/api/auth/sign-up/email', { name: 'Ada Osei', email, password }),
    );
    // Taken: an earlier, unanswered attempt created the account. Rate limited: it tries again too.
    if (up.status !== 200 && expectCode(up, ['email_taken', 'rate_limited']) === 'rate_limited') {
      await wait(1000);
      continue;
    }
    const client = createClient(load.url);
    const signedIn = await ask(load, () => client.post('/api/auth/sign-in/email', { email, password }));
    if (up.status === 200) load.journal.signedUp.push(email);
    if (signedIn.status !== 200) {
      expectCode(signedIn, ['rate_limited']);
      await wait(1000);
      continue;
    }
    const session = await ask(load, () => client.get('/api/auth/get-session'));
    if (session.body?.user?.email !== email) throw new Error(`${email} has no session`);
    await wait(500);
  }
}

/** Admits the tickets of buyers. Each scan has a nonce, so a retry admits once. */
async function door(load: Load): Promise<void> {
  for (let n = 0; !load.stopped || load.atTheDoor.length > 0; n++) {
    const ticket = load.atTheDoor.shift();
    if (!ticket) {
      await wait(20);
      continue;
    }
    const scan = { code: ticket.code, nonce: `scan-${n}-${ticket.id}` };
    const answer = await ask(load, () =>
      load.house.client.post(`/api/events/${ticket.eventId}/check-ins`, scan, load.house.headers),
    );
    if (answer.status === 201) load.journal.admitted.push(ticket.id);
    // The buyer's bank may take the money back meanwhile.
    else expectCode(answer, ['ticket_cancelled', 'ticket_disputed']);
  }
}

/**
 * Moves an event, and gives its buyers their money back until a date. When some orders of another event are paid, cancels
 * that event. Every request is sent again until it has an answer.
 */
async function organiser(load: Load): Promise<void> {
  const { house, journal, calledOff, events } = load;
  const [{ eventId: movedId }] = events as [OnSale];
  const sold = () =>
    journal.entries.filter(({ eventId, paid }) => eventId === calledOff.eventId && paid).length;
  await move(load, movedId);
  while (!load.stopped && sold() < 5) await wait(20);
  const headers = { ...house.headers, 'idempotency-key': `call-off-${calledOff.eventId}` };
  const body = { reason: 'Torture', refund: 'full' };
  const path = `/api/events/${calledOff.eventId}/cancellation`;
  const cancelled = await ask(load, () => house.client.post(path, body, headers));
  if (cancelled.status !== 202) throw new Error(`an event is not cancelled: ${cancelled.status}`);
  journal.calledOff.push(calledOff.eventId);
  const progress = await ask(load, () => house.client.get(path, house.headers));
  if (progress.body.refund !== 'full') throw new Error('the choice of a cancelled event is gone');
}

async function move(load: Load, eventId: EventId): Promise<void> {
  const { house, journal } = load;
  const read = () => ask(load, () => house.client.get(`/api/events/${eventId}/management`, house.headers));
  const { body: before } = await read();
  const later = (at: string, inDays: number) => new Date(Date.parse(at) + days(inDays)).toISOString();
  const startsAt = later(before.startsAt, 2);
  const fields = {
    startsAt,
    endsAt: later(before.endsAt, 2),
    refundUntil: later(before.startsAt, -1),
  };
  const headers = { ...house.headers, 'if-match': `"${before.version}"` };
  const moved = await ask(load, () => house.client.patch(`/api/events/${eventId}`, fields, headers));
  // An earlier attempt that had no answer has made the next version.
  if (moved.status !== 200) expectCode(moved, ['version_mismatch']);
  const { body: after } = await read();
  if (after.startsAt !== startsAt)
    throw new Error(`a moved event starts at ${after.startsAt}, not ${startsAt}`);
  journal.moved.push({ eventId, startsAt });
}

async function readers(load: Load): Promise<void> {
  const client = createClient(load.url);
  for (let n = 0; !load.stopped; n++) {
    const { eventId } = load.random.pick(load.events);
    for (const path of [
      `/api/events/${eventId}`,
      `/api/events/${eventId}/availability`,
      `/api/events?q=n${n}`,
    ]) {
      const { status } = await ask(load, () => client.get(path));
      if (status !== 200) throw new Error(`${path} answers ${status}`);
    }
    await wait(50);
  }
}

/** Reconnects whenever the connection breaks. By the end it must have heard of sales. */
async function listener(load: Load, eventId: string): Promise<void> {
  const url = `${load.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket&event=${eventId}`;
  let socket: WebSocket | undefined;
  let over = false;
  const connect = () => {
    if (over) return;
    socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const text = String(data);
      if (text[0] === '0') socket?.send('40');
      else if (text === '2') socket?.send('3');
      else if (text.startsWith('42["availability"')) load.journal.heard.set(eventId, performance.now());
    };
    socket.onclose = () => setTimeout(connect, 100);
  };
  connect();
  while (!load.stopped) await wait(20);
  // It must hear of a sale after all the faults.
  const sinceMs = performance.now();
  const late = setInterval(() => load.stir(eventId), 500);
  while (!((load.journal.heard.get(eventId) ?? 0) > sinceMs)) {
    if (performance.now() - sinceMs > 60_000) {
      load.journal.wrong.push(`a live connection of ${eventId} hears nothing any more`);
      break;
    }
    await wait(20);
  }
  over = true;
  clearInterval(late);
  socket?.close();
}
