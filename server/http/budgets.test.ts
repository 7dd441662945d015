import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type BudgetName, budgets } from '../../contract/budgets.ts';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { mailBudgets } from '../features/notifications/mail-budgets.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createBudgets } from './budgets.ts';
import { forgetFullBudgets, giveBackKept, spendKept } from './kept-budgets.ts';

const name = 'promoCodesPerAccount';
const { max, seconds } = budgets[name];

function createTestBudgets() {
  let nowMs = 5_000;
  const made = createBudgets({ now: () => new Date(nowMs) }, 1);
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { ...made, pass };
}

test('all of it may be spent at once; then it comes back evenly, and the wait that is told is enough', () => {
  const budget = createTestBudgets();
  expect(budget.spend(name, 'ann', max)).toBe(0);
  const wait = budget.spend(name, 'ann', 10) as number;
  expect(wait).toBe((seconds / max) * 10);
  expect(budget.spend(name, 'ben', 10)).toBe(0);
  budget.pass(wait * 1000 - 1000);
  expect(budget.spend(name, 'ann', 10)).toBe(1);
  budget.pass(1000);
  expect(budget.spend(name, 'ann', 10)).toBe(0);
  budget.giveBack(name, 'ann', 9);
  expect(budget.spend(name, 'ann', 9)).toBe(0);
});

test('no window of its length gives more than twice the budget, and none at all more than comes back', () => {
  const step = fc.record({
    pauseMs: fc.integer({ min: 0, max: 120_000 }),
    cost: fc.integer({ min: 1, max }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const budget = createTestBudgets();
      let spent = 0;
      let elapsedMs = 0;
      for (const { pauseMs, cost } of steps) {
        budget.pass(pauseMs);
        elapsedMs += pauseMs;
        if (budget.spend(name, 'ann', cost) === 0) spent += cost;
        expect(spent).toBeLessThanOrEqual(max + (elapsedMs / 1000 / seconds) * max + 1e-6);
      }
    }),
  );
});

test('a flood of keys is forgotten, those in use are not', () => {
  const budget = createTestBudgets();
  budget.spend(name, 'ann', max);
  for (let index = 0; index < 300_000; index++) {
    budget.spend(name, `key ${index}`);
    if (index % 40_000 === 0) expect(budget.spend(name, 'ann', 1), String(index)).toBeGreaterThan(0);
  }
});

let world: World;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1' });
});
afterAll(() => world.close());

test('a kept budget holds over processes and over many at once, and does not store the address', async () => {
  const second = await world.another();
  const kept = 'orderMailsPerRecipient';
  const spends = Array.from({ length: 40 }, (_, index) =>
    spendKept(index % 2 ? world.app : second.app, kept, index % 3 ? 'Eve@example.com' : 'eve@EXAMPLE.com'),
  );
  const waits = await Promise.all(spends);
  expect(waits.filter((wait) => wait === 0).length).toBe(budgets[kept].max);
  const wait = budgets[kept].seconds / budgets[kept].max;
  expect(await spendKept(world.app, kept, 'eve@example.com')).toBe(wait);
  await giveBackKept(world.app, kept, 'eve@example.com');
  expect(await spendKept(second.app, kept, 'eve@example.com')).toBe(0);
  world.clock.advance(wait * 1000);
  expect(await spendKept(world.app, kept, 'eve@example.com')).toBe(0);
  const rows = await world.app.db.query<{ row: string }>('select budgets::text as row from budgets');
  expect(rows.map(({ row }) => row).join()).not.toMatch(/eve/i);
  world.clock.advance(2 * budgets[kept].seconds * 1000);
  await forgetFullBudgets(world.app.db, world.app.clock.now());
  expect(await world.app.db.query('select from budgets')).toEqual([]);
  await second.close();
});

test('a hundred people who are written to at once cost a few statements, and each has a budget of their own', async () => {
  const query = vi.spyOn(world.app.db, 'query');
  const kept = 'orderMailsPerRecipient';
  const spend = () =>
    Promise.all(
      Array.from({ length: 100 }, (_, index) => spendKept(world.app, kept, `${index}@example.com`)),
    );
  expect(new Set(await spend())).toEqual(new Set([0]));
  // The process asks for other things meanwhile.
  const asked = query.mock.calls.filter(([sql]) => /budgets/.test(String(sql)));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThan(5);
  query.mockRestore();
  for (let spent = 1; spent < budgets[kept].max; spent++) await spend();
  expect(Math.min(...(await spend()))).toBeGreaterThan(0);
});

/** Names of the fields that take an e-mail address, anywhere in a body. */
function emailFieldsOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const found: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if ((node as { format?: string }).format === 'email') found.push(path);
    for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`);
  };
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '');
  return found;
}

const ofMail = (op: Operation) => (op.budgets ?? []).filter((each) => /MailsPerRecipient$/.test(each));

/** The organisations' own limits (organisations/invitation.ts) count these mails before they are enqueued. */
const countedElsewhere = ['invite'];

test('each operation that is given an e-mail address has a budget for mails to it', () => {
  const named = operations.filter((op) => emailFieldsOf(op.body).length > 0);
  expect(named.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['placeOrder', 'signUpEmail', 'requestPasswordReset']),
  );
  const without = named.filter((op) => ofMail(op).length === 0 && !countedElsewhere.includes(op.id));
  expect(without.map(({ id }) => id)).toEqual([]);
});

test('each budget of mails is declared by an operation that causes them, and each kind of mail has one', () => {
  const declared = new Set<BudgetName>(operations.flatMap((op) => op.budgets ?? []));
  expect([...declared].sort()).toEqual(Object.keys(budgets).sort());
  expect([...new Set(Object.values(mailBudgets))].every((each) => each === null || declared.has(each))).toBe(
    true,
  );
});

test('an operation that opens something for a secret, or anything for a stranger, has a limit', () => {
  const guessable = operations.filter(
    (op) => op.access === 'public' && op.body && !op.rateLimit && !op.budgets,
  );
  expect(guessable.map(({ id }) => id)).toEqual([]);
});
