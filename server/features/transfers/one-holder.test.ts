import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { scan } from './testing/offer.ts';

/* Any sequence of transfers, cancellations and scans keeps one holder and one live code. */
let world: World;
let event: TestEvent;
let people: Person[];
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ priceMinor: 0, capacity: 1000, fields: { maxPerBuyer: 1000 } });
  people = await Promise.all([1, 2, 3].map(() => world.guest()));
});
afterAll(() => world.close());

type Step =
  | { kind: 'offer' | 'accept' | 'decline' | 'withdraw' | 'return' | 'cancel order'; by: number }
  | { kind: 'scan'; code: number };

const person = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('offer' as const, 'accept' as const),
      by: person,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('decline' as const, 'withdraw' as const),
      by: person,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('return' as const, 'cancel order' as const),
      by: person,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('scan' as const), code: fc.nat({ max: 5 }) }) },
);

test('after each step at most one person sees a code, it is the newest, and only it admits', async () => {
  let addresses = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const { orderId, tickets } = await buy(world, people[0]!, event);
      const [{ id, code }] = tickets as [(typeof tickets)[0]];
      const codes = [code];
      const offers: string[] = [];
      // The model: who holds the ticket, whether it is valid, and whether an offer is open.
      let [holder, status, open] = [0, 'valid', false];
      const secretOf = (transferId: string) =>
        world.app.transferLinks.secretOf(transferId as `ttr_${string}`);
      for (const step of steps) {
        const last = offers.at(-1) ?? 'ttr_00000000000000000000000000';
        const isValid = status === 'valid';
        if (step.kind === 'scan') {
          const which = Math.min(step.code, codes.length - 1);
          const admits = isValid && which === codes.length - 1;
          expect((await scan(event, codes[which]!)).status).toBe(admits ? 201 : 409);
          if (admits) status = 'used';
        } else {
          const { client } = people[step.by]!;
          const isHolder = step.by === holder;
          if (step.kind === 'offer') {
            const body = { email: `property-${++addresses}@example.com` };
            const answer = await client.post(`/api/tickets/${id}/transfers`, body);
            const works = isHolder && isValid && !open;
            expect([step, answer.status === 201]).toEqual([step, works]);
            if (works) offers.push(answer.body.id);
            open ||= works;
          } else if (step.kind === 'accept') {
            const body = { secret: secretOf(last), name: `Person ${step.by}` };
            const answer = await client.post(`/api/transfers/${last}/acceptance`, body);
            const works = open && isValid && !isHolder;
            if (works) {
              expect(answer.status).toBe(200);
              expect(codes).not.toContain(answer.body.code);
              codes.push(answer.body.code);
              [holder, open] = [step.by, false];
            } else if (answer.status === 200) {
              // The person who accepted asks again.
              expect([holder, answer.body.id]).toEqual([step.by, id]);
            }
          } else if (step.kind === 'decline') {
            await client.post(`/api/transfers/${last}/refusal`, { secret: secretOf(last) });
            open = false;
          } else if (step.kind === 'withdraw') {
            const answer = await client.delete(`/api/transfers/${last}`);
            if (open && isValid) expect([step, answer.status]).toEqual([step, isHolder ? 204 : 404]);
            if (answer.status === 204) open = false;
          } else {
            const path =
              step.kind === 'return'
                ? `/api/tickets/${id}/cancellation`
                : `/api/orders/${orderId}/cancellation`;
            const answer = await client.post(path, {});
            const works =
              isValid && isHolder && (step.kind === 'return' || (step.by === 0 && codes.length === 1));
            if (works) expect(answer.status).toBe(200);
            if (works) status = 'cancelled';
            // A buyer who got the ticket back holds it by the transfer, and not by the order.
            if (isValid && !works) expect(answer.status).not.toBe(200);
          }
        }
        const seen = await Promise.all(people.map(({ client }) => client.get(`/api/tickets/${id}`)));
        const shown = seen.map(({ body }) => (body.code?.startsWith('ADMIT1.') ? body.code : null));
        const live = people.map((_, i) => (i === holder && status !== 'cancelled' ? codes.at(-1) : null));
        expect([step, shown]).toEqual([step, live]);
        expect(seen[holder]?.body.status).toBe(status);
      }
    }),
    { numRuns: 25 },
  );
});
