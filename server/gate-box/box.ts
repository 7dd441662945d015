import { setTimeout as wait } from 'node:timers/promises';
import { type Client, createClient } from '../../client/client.ts';
import { type ApiProblem, isProblem } from '../../client/problem.ts';
import { doorScheme } from '../../contract/door-links.ts';
import { isSignedManifest, type ManifestHead } from '../../contract/door-manifest.ts';
import type { EventId } from '../../contract/ids.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type BoxEvent, openBoxEvent } from './box-event.ts';
import { type BoxStore, type KeptScan, openBoxStore } from './box-store.ts';

/** What the box got when it opened the link, as any device of the link does. */
type Registration = Awaited<ReturnType<Client['registerDoorDevice']>>;

/**
 * A gate box: one program in the house that several gates reach over the local network. The gates share their scans through it,
 * so that none admits a ticket that another one has admitted, also while nobody reaches the server. To the server it is one
 * device of a door link.
 */
export interface Box {
  registration: Registration;
  secret: string;
  store: BoxStore;
  events: Map<EventId, BoxEvent>;
  clock: Clock;
  log: Log;
  /** Calls of the server with the access of the box. One attempt each. */
  server: Client;
  /** Whether the server answered the last time. */
  isOnline(): boolean;
  setOnline(isOnline: boolean): void;
  /** The server's time, as far as the box knows it. */
  now(): Date;
  /** The keys that the box believes. */
  keys(): ManifestHead['keys'];
  /** The code of the refusal with which the link ended; null while it is valid. It lasts through a restart. */
  ended(): string | null;
  end(code: string | null): void;
  /** The last scan of each ticket that is being decided. */
  turns: Map<string, Promise<unknown>>;
  /** Hands in and asks for news soon. */
  wake(): void;
  close(): Promise<void>;
}

interface BoxOptions {
  /** The door link: https://…/door/link#<secret> */
  link: string;
  folder: string;
  clock: Clock;
  log: Log;
}

/** How often the box asks for news, and how long it waits after a failure. */
const everyMs = 2_000;
const beatEveryMs = 30_000;
const batchSize = 500;
/** After so many deltas the box takes a whole manifest again. */
const mostDeltas = 300;
/** What the server read of an event may be a second old when it answers. */
const knowledgeAgeMs = 2_500;

/** Opens the box. The first start needs the server, every other one works without it. */
export async function openBox({ link, folder, clock, log }: BoxOptions): Promise<Box> {
  const url = new URL(link);
  const secret = url.hash.slice(1);
  const store = openBoxStore(folder);
  const known = store.get('registration');
  if (known && store.get('secret') !== secret)
    throw new Error(`${folder} belongs to another door link. Give the box another folder with --data.`);
  const plain = createClient({ baseUrl: url.origin, retries: { reads: 0, acts: 0 }, timeoutMs: 10_000 });
  const registration: Registration = known
    ? JSON.parse(known)
    : await plain.registerDoorDevice({ body: { secret, name: 'Gate box' } });
  if (!known) {
    store.put('secret', secret);
    store.put('registration', JSON.stringify(registration));
    store.put('keys', JSON.stringify((await plain.listTicketKeys()).keys));
  }
  const server = createClient({
    baseUrl: url.origin,
    retries: { reads: 0, acts: 0 },
    timeoutMs: 10_000,
    headers: () => ({ authorization: `${doorScheme} ${registration.token}` }),
  });
  const ending = new AbortController();
  let online = false;
  let ended = store.get('ended') || null;
  let offsetMs = Number(store.get('offset') ?? 0);
  let woken = Promise.withResolvers<void>();
  const box: Box = {
    registration,
    secret,
    store,
    events: new Map(registration.events.map(({ eventId }) => [eventId, openBoxEvent(store, eventId)])),
    clock,
    log,
    server,
    isOnline: () => online,
    setOnline(isOnline) {
      if (online !== isOnline)
        log.info({ isOnline }, isOnline ? 'the server answers' : 'the server is silent');
      online = isOnline;
    },
    now: () => new Date(clock.now().getTime() + offsetMs),
    keys: () => JSON.parse(store.get('keys') ?? '[]') as ManifestHead['keys'],
    ended: () => ended,
    end(code) {
      if (ended === code) return;
      if (code) log.warn({ code }, 'the door link has ended: the box admits nobody any more');
      ended = code;
      store.put('ended', code ?? '');
    },
    turns: new Map(),
    wake: () => woken.resolve(),
    async close() {
      ending.abort();
      await running;
      store.close();
    },
  };

  async function meet(): Promise<void> {
    for (const [eventId, event] of box.events) {
      await handIn(box, eventId);
      await learnNews(box, eventId, event);
    }
  }

  let beatMs = -Infinity;
  async function beat(): Promise<void> {
    if (clock.monotonicMs() - beatMs < beatEveryMs) return;
    const sentMs = clock.now().getTime();
    const { now } = await server.noteDoorDevice({
      body: { unsynced: store.countUnsent(), sentAt: new Date(sentMs).toISOString() },
    });
    const gotMs = clock.now().getTime();
    beatMs = clock.monotonicMs();
    offsetMs = Date.parse(now) - (sentMs + gotMs) / 2;
    store.put('offset', String(offsetMs));
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await beat();
        await meet();
        box.end(null);
        box.setOnline(true);
      } catch (error) {
        if (isProblem(error) && !error.outcomeUnknown && !error.retryable) {
          if (isEnd(error)) await handInAfterEnd(box).catch(() => {});
          if (isEnd(error)) box.end(error.code);
          else log.error({ err: error }, 'the server refused the gate box');
        }
        box.setOnline(!isProblem(error) || !error.outcomeUnknown);
      }
      woken = Promise.withResolvers();
      await Promise.race([
        woken.promise,
        wait(everyMs, undefined, { signal: ending.signal }).catch(() => {}),
      ]);
    }
  }
  const running = run();
  return box;
}

/** True if the server lets the box scan no more. */
export const isEnd = (problem: ApiProblem): boolean =>
  ['door_link_ended', 'unauthenticated', 'not_found'].includes(problem.code);

/** The server takes the scans that were made before the link ended, and names the others to the manager. */
async function handInAfterEnd(box: Box): Promise<void> {
  for (const eventId of box.events.keys()) await handIn(box, eventId);
}

/** Hands in what waits, the oldest first. It is safe to stop at any moment: the nonce makes each scan count once. */
async function handIn({ store, server, clock, log }: Box, eventId: EventId): Promise<void> {
  for (
    let scans = store.unsent(eventId, batchSize);
    scans.length > 0;
    scans = store.unsent(eventId, batchSize)
  ) {
    const body = { scans: scans.map(({ body: sent }) => JSON.parse(sent)) };
    const { results } = await server.checkInBatch({ params: { eventId }, body });
    const byNonce = new Map(results.map((result) => [result.nonce, result]));
    const answers = scans.flatMap((scan: KeptScan) => {
      const result = byNonce.get(scan.nonce);
      return result ? [{ number: scan.number, answer: JSON.stringify(result) }] : [];
    });
    if (answers.length === 0) throw new Error('the server answered none of the scans');
    store.markSent(answers, clock.monotonicMs());
    const refused = results.filter(({ outcome }) => outcome === 'refused').length;
    log.info({ eventId, scans: scans.length, refused }, 'handed in');
  }
}

/** Takes the deltas of the server until one says that nothing has changed. */
async function learnNews(box: Box, eventId: EventId, event: BoxEvent): Promise<void> {
  for (;;) {
    const askedMs = box.clock.monotonicMs();
    const known = event.manifest()?.head.version;
    const since = known !== undefined && event.deltas() < mostDeltas ? known : undefined;
    const { bytes } = await box.server.getDoorManifest({
      params: { eventId },
      query: since === undefined ? {} : { since },
    });
    const manifest = bytes as Uint8Array<ArrayBuffer>;
    if (!(await isSignedManifest(manifest, box.keys()))) {
      // The operator may have changed the key that signs. The server's own list has it, as at the first start.
      const { keys } = await box.server.listTicketKeys();
      if (!(await isSignedManifest(manifest, keys)))
        throw new Error('the manifest is not signed by the server');
    }
    if (!event.learn(manifest)) throw new Error('the manifest does not follow what the box knows');
    const { head } = event.manifest() as NonNullable<ReturnType<BoxEvent['manifest']>>;
    box.store.put('keys', JSON.stringify(head.keys));
    // What the server read may be a second old when it answers. So a scan counts on top until a later manifest.
    event.settle(askedMs - knowledgeAgeMs);
    if (head.version === known) return;
  }
}
