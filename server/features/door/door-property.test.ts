import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainRules } from '../../../contract/door-rules.ts';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const ticket = fc.nat({ max: 2 });
const gate = fc.nat({ max: 3 });
const direction = fc.constantFrom('in' as const, 'in' as const, 'out' as const);
const act = fc.oneof(
  // A gate with a network asks the server; two gates may do so at the same instant.
  fc.record({ do: fc.constant('ask' as const), ticket, gate, direction, twice: fc.boolean() }),
  // A gate without one decides, and hands its scans in later, perhaps several times.
  fc.record({ do: fc.constant('let in' as const), ticket, gate, direction }),
  fc.record({ do: fc.constant('sync' as const), gate, times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ do: fc.constant('undo' as const), ticket }),
  fc.record({ do: fc.constant('cancel' as const), ticket }),
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

test.each(['no', 'after-exit'] as const)(
  'with re-entry %s, whatever four gates do, each right is used once and every double is named',
  { timeout: 180_000 },
  async (reEntry) => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 16 }), async (history) => {
        const event = await play(history, reEntry);
        await world.drain();
        expect(await audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] })).toEqual([]);
      }),
      { numRuns: runs(6, 60) },
    );
  },
);

interface Gate {
  person: Person;
  /** How far its clock is ahead. */
  skewMs: number;
  queue: {
    code: string;
    nonce: string;
    scannedAt: string;
    direction: 'in' | 'out';
    offline: { admitted: true };
  }[];
}

async function play(history: Act[], reEntry: 'no' | 'after-exit'): Promise<TestEvent> {
  const event = await world.event({ priceMinor: 0, capacity: 10 });
  const { client } = event.organiser;
  if (reEntry === 'after-exit') {
    const { checkpoints, ...rules } = plainRules;
    const body = { ...rules, reEntry, checkpoints };
    expect(
      (await client.put(`/api/events/${event.id}/door-settings`, body, { 'if-match': '"0"' })).status,
    ).toBe(200);
  }
  const buyer = await world.guest();
  const orders = await Promise.all([1, 2, 3].map(() => buy(world, buyer, event)));
  const people = await Promise.all([1, 2].map(() => world.member(event.organiser, 'door')));
  const gates = [0, 1, 2, 3].map(
    (n): Gate => ({ person: people[n % 2] as Person, skewMs: (n - 1) * minutes(47), queue: [] }),
  );
  let nonces = 0;
  /** The scans by which somebody walked through a gate, and whether that gate asked first. */
  const walked = new Map<string, { ticketId: string; checkInId?: string }>();
  const undone = new Set<string>();
  const sync = async ({ person, skewMs, queue }: Gate) => {
    if (queue.length === 0) return;
    const sentAt = new Date(world.clock.now().getTime() + skewMs).toISOString();
    const path = `/api/events/${event.id}/check-ins/batch`;
    const { status, body } = await person.client.post(path, { scans: queue, device: { sentAt } });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.results.map((each: { nonce: string }) => each.nonce)).toEqual(
      queue.map(({ nonce }) => nonce),
    );
  };
  for (const step of history) {
    world.clock.advance(minutes(1));
    const bought = 'ticket' in step ? orders[step.ticket] : undefined;
    const [first] = bought?.tickets ?? [];
    const at = 'gate' in step ? (gates[step.gate] as Gate) : undefined;
    if (step.do === 'ask' && at && first) {
      const ask = async (person: Person) => {
        const nonce = `ask-${event.id}-${++nonces}`;
        const scan = { code: first.code, nonce, direction: step.direction };
        const { status, body } = await person.client.post(`/api/events/${event.id}/check-ins`, scan);
        expect(status, JSON.stringify(body)).not.toBe(500);
        if (status === 201) walked.set(nonce, { ticketId: first.id, checkInId: body.id });
        return status === 201;
      };
      const both = await Promise.all(step.twice ? people.map(ask) : [ask(at.person)]);
      expect(both.filter(Boolean).length).toBeLessThanOrEqual(1);
    } else if (step.do === 'let in' && at && first) {
      const nonce = `off-${event.id}-${++nonces}`;
      const scannedAt = new Date(world.clock.now().getTime() + at.skewMs).toISOString();
      at.queue.push({
        code: first.code,
        nonce,
        scannedAt,
        direction: step.direction,
        offline: { admitted: true },
      });
      walked.set(nonce, { ticketId: first.id });
    } else if (step.do === 'sync' && at) {
      for (let i = 0; i < step.times; i++) await sync(at);
    } else if (step.do === 'undo' && first) {
      const last = [...walked.values()].findLast(
        ({ ticketId, checkInId }) => ticketId === first.id && checkInId,
      );
      const path = `/api/events/${event.id}/check-ins/${last?.checkInId}/undo`;
      if (last && (await client.post(path, { reason: 'A mistake.' })).status === 200)
        undone.add(last.checkInId as string);
    } else if (step.do === 'cancel' && bought) {
      await buyer.client.post(`/api/orders/${bought.orderId}/cancellation`);
    }
  }
  // Every gate comes back, in another order than it left.
  for (const each of gates.toReversed()) await sync(each);
  await expectNamed(event, walked, undone);
  return event;
}

/** Everybody who walked through a gate is in the log: as what counts, as taken back, or in a conflict with its reason. */
async function expectNamed(
  event: TestEvent,
  walked: Map<string, { ticketId: string }>,
  undone: Set<string>,
): Promise<void> {
  const rows = await world.app.db.query<{
    id: string;
    nonce: string;
    ticketId: string;
    kind: string;
    void: number;
    isUndone: boolean;
    code: string | null;
  }>(
    `select check_ins.id, nonce, check_ins.ticket_id as "ticketId", kind, void, undone_at is not null as "isUndone", code
     from check_ins left join door_conflicts on check_in_id = check_ins.id and cleared_at is null
     where check_ins.event_id = $1 order by scanned_at, nonce`,
    [event.id],
  );
  expect(new Set(rows.map(({ nonce }) => nonce))).toEqual(new Set(walked.keys()));
  for (const row of rows) {
    expect(row.isUndone, row.nonce).toBe(undone.has(row.id));
    if (row.void > 0 && !row.isUndone) expect(row.code, row.nonce).not.toBeNull();
    if (row.void === 0) expect(row.code, row.nonce).toBeNull();
  }
  // What counts alternates: in, out, in. Without re-entry, one entry at most.
  for (const [, counting] of Map.groupBy(
    rows.filter((row) => row.void === 0),
    ({ ticketId }) => ticketId,
  ))
    for (const [i, { kind }] of counting.entries()) expect(kind).toBe(i % 2 === 0 ? 'entry' : 'exit');
}
