import { solveChallenge as solveElsewhere } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallerOptions, createCaller } from '../../../client/call.ts';
import { joinQueue } from '../../../client/endpoints.generated.ts';
import { solveChallenge } from '../../../client/prove-work.ts';
import { budgets } from '../../../contract/budgets.ts';
import type { QueueChallenge } from '../../../contract/waiting-room.ts';
import { type Client, createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { forgetProofs } from './forget-proofs.ts';
import { join, keep, leave, withQueue } from './testing/queue.ts';
import { attemptsAfter, leastAttempts } from './work.ts';

/* Guests prove work before they join. The work is small here, and grows as it does for everybody. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ QUEUE_PROOF_FACTOR: '0.01', RATE_LIMIT_FACTOR: '1', TRUST_PROXY: 'loopback' });
});
afterAll(() => world.close());

let networks = 0;
const newNetwork = () => ({ 'x-forwarded-for': `198.51.${++networks >> 8}.${networks & 255}` });
type From = ReturnType<typeof newNetwork>;

async function guest(from: From = newNetwork(), url = world.url): Promise<Person> {
  const client = createClient(url);
  const { status, body } = await client.post('/api/auth/sign-in/anonymous', {}, from);
  expect(status).toBe(200);
  return { client, userId: body.user.id, email: '' };
}

const pathOf = (event: TestEvent) => `/api/events/${event.id}/queue`;
async function challengeFor(event: TestEvent, from: From): Promise<QueueChallenge> {
  const asked = await world.client().get(`${pathOf(event)}/challenge`, from);
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  expect(asked.headers.get('cache-control')).toMatch(/no-store/);
  return asked.body;
}
const solve = async (event: TestEvent, from: From) => solveChallenge(await challengeFor(event, from));
const tryJoin = (client: Client, event: TestEvent, from: From, proof?: string) =>
  client.post(pathOf(event), {}, { ...from, ...(proof !== undefined && { 'queue-proof': proof }) });
const outcome = async (answer: ReturnType<typeof tryJoin>) => {
  const { status, body } = await answer;
  return status === 201 ? status : [status, body.code, body.reason];
};
const refused = (reason: string) => [403, 'proof_required', reason];

/** Reads and changes a payload of the protocol. */
const changed = (proof: string, change: (payload: ReturnType<typeof read>) => void): string => {
  const payload = read(proof);
  change(payload);
  return Buffer.from(JSON.stringify(payload)).toString('base64');
};
const read = (proof: string) =>
  JSON.parse(Buffer.from(proof, 'base64').toString()) as {
    challenge: QueueChallenge;
    solution: { counter: number; derivedKey: string };
  };

test('a guest joins with a proof, and repeats without one; an account with a verified address needs none', async () => {
  const event = await withQueue(world);
  const from = newNetwork();
  const person = await guest(from);
  const first = await tryJoin(person.client, event, from);
  expect([first.status, first.body.code, first.body.reason]).toEqual(refused('missing'));
  expect(first.body.challenge).toBe(`${pathOf(event)}/challenge`);
  const proof = await solve(event, from);
  const joined = await tryJoin(person.client, event, from, proof);
  expect([joined.status, joined.body.position]).toEqual([201, 1]);
  expect((await tryJoin(person.client, event, from)).body).toMatchObject({ id: joined.body.id, position: 1 });
  expect((await tryJoin(person.client, event, from, proof)).body).toMatchObject({ id: joined.body.id });
  expect((await join(await world.user(), event)).position).toBe(2);
  expect(await outcome(tryJoin((await world.user({ verified: false })).client, event, from))).toEqual(
    refused('missing'),
  );
});

test('a proof counts once, for one event, while it is fresh, and only if nobody changed it', async () => {
  const [event, other] = [await withQueue(world), await withQueue(world)];
  const from = newNetwork();
  const [ann, bob] = [await guest(from), await guest(from)];
  const proof = await solve(event, from);
  expect(await outcome(tryJoin(bob.client, other, from, proof))).toEqual(refused('other_event'));
  const parameters = (change: Partial<QueueChallenge['parameters']>) =>
    changed(proof, ({ challenge }) => Object.assign(challenge.parameters, change));
  const forgeries = [
    '',
    'no proof',
    Buffer.from('{}').toString('base64'),
    'A'.repeat(5000),
    parameters({ data: { eventId: other.id, attempts: 8 } }),
    parameters({ cost: 1 }),
    parameters({ keyPrefix: '' }),
    parameters({ expiresAt: 4_000_000_000 }),
    parameters({ nonce: '0'.repeat(32) }),
    changed(proof, ({ challenge }) => {
      challenge.signature = '0'.repeat(64);
    }),
    changed(proof, ({ solution }) => {
      solution.derivedKey = `${solution.derivedKey.slice(0, 32)}${'0'.repeat(32)}`;
    }),
    changed(proof, ({ solution }) => {
      solution.derivedKey = '';
    }),
  ];
  for (const forged of forgeries)
    expect(await outcome(tryJoin(bob.client, event, from, forged)), forged).toEqual(refused('wrong'));
  expect(await outcome(tryJoin(ann.client, event, from, proof))).toBe(201);
  expect(await outcome(tryJoin(bob.client, event, from, proof))).toEqual(refused('used'));
  // Also for the person who used it, and in another process.
  await leave(ann, event);
  expect(await outcome(tryJoin(ann.client, event, from, proof))).toEqual(refused('used'));
  const second = await world.another();
  const late = await guest(from, second.url);
  expect(await outcome(tryJoin(late.client, event, from, proof))).toEqual(refused('used'));
  expect(await outcome(tryJoin(late.client, event, from, await solve(event, from)))).toBe(201);
});

test('any solver of the ALTCHA protocol will do', async () => {
  const event = await withQueue(world);
  const from = newNetwork();
  const challenge = await challengeFor(event, from);
  const solution = await solveElsewhere({ challenge, deriveKey });
  const payload = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  expect(await outcome(tryJoin((await guest(from)).client, event, from, payload))).toBe(201);
});

test('of many who send one proof at once to two processes, one joins; a double click is one place', async () => {
  const event = await withQueue(world);
  const second = await world.another();
  const from = newNetwork();
  const people = await Promise.all(
    Array.from({ length: 12 }, (_, i) => guest(from, i % 2 ? world.url : second.url)),
  );
  const proof = await solve(event, from);
  const outcomes = await Promise.all(
    people.map(({ client }) => outcome(tryJoin(client, event, from, proof))),
  );
  expect(outcomes.filter((each) => each === 201)).toHaveLength(1);
  expect(outcomes.filter((each) => each !== 201)).toEqual(Array(11).fill(refused('used')));
  const twice = await guest(from);
  const fresh = await solve(event, from);
  const answers = await Promise.all([1, 2, 3].map(() => tryJoin(twice.client, event, from, fresh)));
  expect(answers.map(({ status, body }) => [status, body.position])).toEqual(Array(3).fill([201, 2]));
});

test('a proof ends after ten minutes, and the night deletes it', async () => {
  const event = await withQueue(world);
  const from = newNetwork();
  const [ann, bob] = [await guest(from), await guest(from)];
  const proofs = [await solve(event, from), await solve(event, from)];
  world.clock.advance(minutes(9));
  expect(await outcome(tryJoin(ann.client, event, from, proofs[0]))).toBe(201);
  world.clock.advance(minutes(1));
  expect(await outcome(tryJoin(bob.client, event, from, proofs[1]))).toEqual(refused('expired'));
  const kept = () => world.app.db.query('select nonce from queue_proofs where event_id = $1', [event.id]);
  await forgetProofs(world.app, world.clock.now());
  expect(await kept()).toHaveLength(1);
  world.clock.advance(minutes(61));
  await forgetProofs(world.app, world.clock.now());
  expect(await kept()).toEqual([]);
});

describe('the work grows with the guests of a network who joined', () => {
  const attempts = async (event: TestEvent, from: From) =>
    (await challengeFor(event, from)).parameters.data.attempts;
  /** As if so many of the network had joined just now. */
  const joinMany = (event: TestEvent, from: From, count: number) =>
    world.app.budgets.charge('queueGuestsPerNetwork', `${event.id} ${from['x-forwarded-for']}`, count);

  test('a family and an office join with the least work, and more do not; another network is not touched', async () => {
    const event = await withQueue(world);
    const [from, elsewhere] = [newNetwork(), newNetwork()];
    for (let i = 0; i < 20; i++) {
      expect(await attempts(event, from)).toBe(8);
      const person = await guest(from);
      expect(await outcome(tryJoin(person.client, event, from, await solve(event, from)))).toBe(201);
    }
    joinMany(event, from, 20);
    expect(await attempts(event, from)).toBe(16);
    expect(await attempts(event, elsewhere)).toBe(8);
    expect(await attempts(await withQueue(world), from)).toBe(8);
  });

  test('cheap proofs that somebody collected are refused later, and half of today’s work is enough', async () => {
    const event = await withQueue(world);
    const from = newNetwork();
    const cheap = [await solve(event, from), await solve(event, from)];
    joinMany(event, from, 30);
    expect(await outcome(tryJoin((await guest(from)).client, event, from, cheap[0]))).toBe(201);
    joinMany(event, from, 30);
    const late = await guest(from);
    expect(await outcome(tryJoin(late.client, event, from, cheap[1]))).toEqual(refused('too_easy'));
    expect(await outcome(tryJoin(late.client, event, from, await solve(event, from)))).toBe(201);
  });

  test('of a burst of cheap proofs that were collected before, about as many join as the work allows', async () => {
    const event = await withQueue(world);
    const from = newNetwork();
    const people = await Promise.all(Array.from({ length: 120 }, () => guest()));
    const proofs = await Promise.all(people.map(() => solve(event, newNetwork())));
    const outcomes = await Promise.all(
      people.map(({ client }, i) => outcome(tryJoin(client, event, from, proofs[i]))),
    );
    const joined = outcomes.filter((each) => each === 201).length;
    // A proof of the least work is worth half of what is asked up to about 40 guests.
    expect(joined).toBeGreaterThanOrEqual(20);
    expect(joined).toBeLessThanOrEqual(42);
    expect(outcomes.filter((each) => each !== 201)).toEqual(Array(120 - joined).fill(refused('too_easy')));
    // Those who were refused have spent nothing.
    const spent = await world.app.budgets.spent(
      'queueGuestsPerNetwork',
      `${event.id} ${from['x-forwarded-for']}`,
    );
    expect(Math.round(spent)).toBe(joined);
  });

  test('ten thousand joins by a script are 600, and verified accounts of the network still get in', async () => {
    const event = await withQueue(world);
    const from = newNetwork();
    joinMany(event, from, 599);
    const scripts = await Promise.all(Array.from({ length: 8 }, () => guest(from)));
    const proofs = await Promise.all(scripts.map(() => solve(event, from)));
    const outcomes = await Promise.all(
      scripts.map(({ client }, i) => outcome(tryJoin(client, event, from, proofs[i]))),
    );
    expect(outcomes.filter((each) => each === 201)).toHaveLength(1);
    expect(outcomes.filter((each) => each !== 201)).toEqual(
      Array(7).fill([429, 'queue_network_limit', undefined]),
    );
    expect(await outcome(tryJoin((await world.user()).client, event, from))).toBe(201);
    world.clock.advance(minutes(1));
    expect(await outcome(tryJoin(scripts[1]!.client, event, from, await solve(event, from)))).toBe(201);
  });

  test('a used proof that is sent again and again uses up nothing of the network', async () => {
    const event = await withQueue(world);
    const from = newNetwork();
    const proof = await solve(event, from);
    expect(await outcome(tryJoin((await guest(from)).client, event, from, proof))).toBe(201);
    const again = await guest(from);
    for (let i = 0; i < 25; i++)
      expect(await outcome(tryJoin(again.client, event, from, proof))).toEqual(refused('used'));
    joinMany(event, from, 19);
    expect(await attempts(event, from)).toBe(8);
  });

  test('as a decision: never less than before, at most sixteen times, and a fresh challenge is always enough', () => {
    const joined = fc.double({ min: 0, max: budgets.queueGuestsPerNetwork.max, noNaN: true });
    const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(joined, joined, factor, (one, two, times) => {
        const [few, many] = [Math.min(one, two), Math.max(one, two)];
        expect(attemptsAfter(few, times)).toBeLessThanOrEqual(attemptsAfter(many, times));
        expect(attemptsAfter(many, times)).toBeLessThanOrEqual(Math.round(16 * 800 * times));
        expect(leastAttempts(few, times)).toBeLessThanOrEqual(attemptsAfter(few, times));
      }),
    );
  });
});

test('when the queue is closed, a guest hears that and does no work', async () => {
  const event = await withQueue(world);
  const person = await guest();
  await world.app.db.run(
    'update waiting_rooms set closes_at = $2, version = version + 1 where event_id = $1',
    [event.id, world.clock.now()],
  );
  await keep(world);
  expect(await outcome(tryJoin(person.client, event, newNetwork()))).toEqual([409, 'queue_ended', undefined]);
});

test('the client proves the work by itself, also when the work grew meanwhile', async () => {
  const event = await withQueue(world);
  const from = newNetwork();
  const person = await guest(from);
  const asked: string[] = [];
  const call = createCaller({
    fetch: (async (address, sent) => {
      const answer = await fetch(new URL(address, world.url), {
        ...sent,
        headers: { ...sent.headers, ...from, cookie: person.client.cookie() },
      } as RequestInit);
      asked.push(`${sent.method} ${answer.status}`);
      if (asked.length === 2)
        world.app.budgets.charge('queueGuestsPerNetwork', `${event.id} ${from['x-forwarded-for']}`, 90);
      return answer;
    }) as CallerOptions['fetch'],
  });
  const entry = await call(joinQueue, { params: { eventId: event.id }, body: {} });
  expect(entry).toMatchObject({ status: 'waiting', position: 1 });
  expect(asked).toEqual(['POST 403', 'GET 200', 'POST 403', 'GET 200', 'POST 201']);
});
