import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKeyScope, apiKeyScopes, scopeOf } from '../../contract/api-key-scopes.ts';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { bodyOf, type Cast, createCast, pathOf, send } from '../testing/cast.ts';
import { type Possible, possible } from '../testing/possible.ts';
import { createWorld, type Organiser, type World } from '../testing/world.ts';

/*
 * Calls every operation of the contract with API keys. A key with the scope of the operation gets in, so that the refusals of
 * other keys are about the key and not about a missing thing.
 */
let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: '1' });
  cast = await createCast(world);
});
afterAll(() => world.close());

const isOpen = ({ access }: Operation) => ['public', 'signature', 'secret'].includes(access);
const scoped = operations.flatMap((op) => {
  const scope = scopeOf(op);
  return scope ? [{ op, scope }] : [];
});
const withoutScope = operations.filter((op) => !isOpen(op) && !scopeOf(op));
const named = scoped.map((each) => [each.op.id, each] as const);

async function makeKey(
  by: Organiser,
  scopes: readonly ApiKeyScope[],
  more: { eventIds?: string[] } = {},
): Promise<{ id: string; authorization: string }> {
  const path = `/api/organisations/${by.organisationId}/api-keys`;
  const { status, body } = await by.client.post(path, { name: 'Walk', scopes, ...more });
  if (status !== 201) throw new Error(`no key: ${JSON.stringify(body)}`);
  return { id: body.key.id, authorization: `Bearer ${body.secret}` };
}

/** Keys are kept, because an organisation may have fifty. */
const keys = new Map<string, Promise<{ authorization: string }>>();
function keyWith(scopes: readonly ApiKeyScope[]): Promise<{ authorization: string }> {
  const name = scopes.join(' ');
  const made = keys.get(name) ?? makeKey(cast.house, scopes);
  keys.set(name, made);
  return made;
}

async function answerTo(
  op: Operation,
  { path, body, headers }: Possible,
  { authorization }: { authorization: string },
) {
  const answer = await send(world.client(), op, path, body, { ...headers, authorization });
  return { status: answer.status, code: answer.body?.code, scope: answer.body?.scope };
}

/** An operation that refuses what the test can send, to everybody. pictures.test.ts sends real pictures. */
const refusedInside: Record<string, string> = { uploadPicture: 'picture_refused' };

/** The keys of people who must not reach the house, made once. */
const made = new Map<string, Promise<{ authorization: string }>>();
function strangersKey(kind: 'stranger' | 'other events' | 'leaver'): Promise<{ authorization: string }> {
  const make = {
    stranger: () => makeKey(cast.people.stranger as Organiser, apiKeyScopes),
    'other events': async () => {
      const { id } = await world.event({ organiser: cast.house });
      return makeKey(cast.house, apiKeyScopes, { eventIds: [id] });
    },
    leaver: makeLeaversKey,
  };
  const key = made.get(kind) ?? make[kind]();
  made.set(kind, key);
  return key;
}

/** A key of a manager who has left. It worked before. */
async function makeLeaversKey(): Promise<{ authorization: string }> {
  const { organisationId, client } = cast.house;
  const member = await world.member(cast.house, 'manager');
  const key = await makeKey({ ...member, organisationId }, apiKeyScopes);
  const members = `/api/organisations/${organisationId}/members`;
  const { authorization } = key;
  expect((await world.client().get(members, { authorization })).status).toBe(200);
  expect((await client.delete(`${members}/${member.userId}`)).status).toBe(204);
  return key;
}

/** What a key of another event of the house gets. Null: things of that event alone. */
function answerToOtherEvents(op: Operation) {
  if (/\{(eventId|orderId|ticketId|documentId)\}/.test(op.path)) return { status: 404, code: 'not_found' };
  return op.ofMembersEvents ? null : { status: 403, code: 'forbidden' };
}

// The request succeeds at the end, so each refusal before was about the key and not about a missing thing.
test.each(named)('%s is for keys of the house with its scope alone', async (_, { op, scope }) => {
  const request = await possible(world, cast, op, 'owner');
  const answers = (key: { authorization: string }) => answerTo(op, request, key);
  const others = apiKeyScopes.filter((each) => each !== scope && each !== scope.replace(':read', ':write'));
  const missing = { status: 403, code: 'missing_scope', scope };
  // Among the others is the right to read in the same area, if the operation changes something.
  expect(await answers(await keyWith(others))).toEqual(missing);
  const elsewhere = { status: 404, code: 'not_found' };
  expect(await answers(await strangersKey('stranger'))).toMatchObject(elsewhere);
  const left = { status: 401, code: 'invalid_api_key' };
  expect(await answers(await strangersKey('leaver'))).toMatchObject(left);
  const refusal = answerToOtherEvents(op);
  if (refusal) expect(await answers(await strangersKey('other events'))).toMatchObject(refusal);
  const own = await answers(await keyWith([scope]));
  const inside = refusedInside[op.id];
  if (inside) return expect(own.code).toBe(inside);
  expect({ id: op.id, ...own }).toMatchObject({ id: op.id, status: op.status });
});

test.each(withoutScope.map((op) => [op.id, op] as const))('%s is for no key', async (_, op) => {
  const path = pathOf(op, cast.params);
  const answer = await send(world.client(), op, path, bodyOf(op, cast.params), await keyWith(apiKeyScopes));
  expect({ id: op.id, status: answer.status, code: answer.body?.code }).toEqual({
    id: op.id,
    status: 401,
    code: 'unauthenticated',
  });
});

test('a key never does more than the role of the person who made it', async () => {
  const manager = await world.member(cast.house, 'manager');
  const { organisationId } = cast.house;
  const { authorization } = await makeKey({ ...manager, organisationId }, apiKeyScopes);
  const members = `/api/organisations/${organisationId}/members`;
  const call = () => world.client().get(members, { authorization });
  expect((await call()).status).toBe(200);
  // The role counts as it is now.
  await cast.house.client.put(`${members}/${manager.userId}`, { role: 'door' });
  expect((await call()).body).toMatchObject({ code: 'forbidden' });
  const counts = `/api/events/${cast.params.eventId}/check-ins/counts`;
  expect((await world.client().get(counts, { authorization })).status).toBe(200);
});

describe('the table of scopes', () => {
  test('every operation for a team has a scope or is for people alone', () => {
    const forPeople = operations.filter(({ needs }) => needs).filter((op) => !scopeOf(op));
    expect(forPeople.map(({ id }) => id).sort()).toMatchInlineSnapshot(`
      [
        "changeMemberRole",
        "changeWebhookEndpoint",
        "connectPayouts",
        "deleteWebhookEndpoint",
        "getRecordKeeping",
        "getWebhookDelivery",
        "invite",
        "listApiKeys",
        "listInvitations",
        "listWebhookDeliveries",
        "listWebhookEndpoints",
        "makeApiKey",
        "makeWebhookEndpoint",
        "putOrganisationPayWays",
        "putRecordKeeping",
        "removeMember",
        "replayFailedWebhooks",
        "replayWebhook",
        "revokeApiKey",
        "rotateApiKey",
        "rotateWebhookSecret",
        "sendInvitationAgain",
        "testWebhookEndpoint",
        "withdrawInvitation",
      ]
    `);
    expect(scoped.length).toBeGreaterThan(100);
  });

  test('every scope opens an operation', () => {
    const used = new Set(scoped.map(({ scope }) => scope));
    expect(apiKeyScopes.filter((scope) => !used.has(scope))).toEqual([]);
    expect([...used].filter((scope) => !apiKeyScopes.includes(scope))).toEqual([]);
  });

  test('no operation of buyers or admins has a scope', () => {
    const theirs = operations.filter(({ access }) => ['signed-in', 'holder', 'admin'].includes(access));
    expect(theirs.length).toBeGreaterThan(60);
    expect(theirs.filter((op) => scopeOf(op)).map(({ id }) => id)).toEqual([]);
  });

  test('an operation that changes something never takes a scope to read', () => {
    const wrong = scoped.filter(({ op, scope }) => op.method !== 'GET' && scope.endsWith(':read'));
    expect(wrong.map(({ op }) => op.id)).toEqual([]);
  });
});
