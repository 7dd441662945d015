import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { capabilityTexts } from '../../contract/capability-texts.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { type Capability, capabilityNames, rolesWith, teamRoles } from '../../contract/team-roles.ts';
import {
  bodyOf,
  type CallerName,
  type Cast,
  callerNames,
  createCast,
  pathOf,
  send,
} from '../testing/cast.ts';
import type { Client } from '../testing/client.ts';
import { type Possible, possible, withSession } from '../testing/possible.ts';
import { drawnOf } from '../testing/thorough.ts';
import { createWorld, type World } from '../testing/world.ts';
import { bind, createHttp } from './bind.ts';

/*
 * Calls every operation of the contract as every kind of caller. A request that is refused to one caller must succeed
 * for a caller with access, which proves that the refusal is about the caller and not about a missing thing. A newly
 * declared operation is tested at once: the test fails until testing/possible.ts can build a request that succeeds.
 * Every refusal is tested in every run. Of the callers with access, `npm test` tries a few of each operation, drawn by the seed of
 * the run, because each needs things of their own; `npm run test:thorough` tries all.
 */
let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: '1' });
  cast = await createCast(world);
});
afterAll(() => world.close());

// Each test makes its own data. If one ended a session of the shared cast, later tests would be refused for that
// reason.
afterEach(async () => {
  for (const name of callerNames) {
    const { status } = await cast.callers[name].get('/api/me');
    expect({ name, status }).toEqual({ name, status: name === 'nobody' ? 401 : 200 });
  }
});

/** Callers that differ from others only in a team. Operations that are for no team are not tested with them. */
const otherMembers: readonly CallerName[] = ['finance', 'support', 'read-only', 'elsewhere'];
const everyone = callerNames.filter((name) => !otherMembers.includes(name));

const namesEvents = (op: Operation) => /\{(eventId|orderId|ticketId|documentId)\}/.test(op.path);

/** The callers that reach the operation itself. All others must be refused before it. */
function allowedFor(op: Operation): readonly CallerName[] {
  const { access } = op;
  if (access === 'public' || access === 'signature' || access === 'secret') return everyone;
  if (access === 'signed-in') return everyone.filter((name) => name !== 'nobody');
  if (access === 'holder' || access === 'admin') return [access];
  const roles = rolesWith(op.needs as Capability);
  // A manager of another event sees that event in a list of the organisation.
  const listed: CallerName[] = op.ofMembersEvents && roles.includes('manager') ? ['elsewhere'] : [];
  return [...(access === 'holder-or-team' ? (['holder'] as const) : []), ...roles, ...listed];
}

/**
 * Refusals by the operation itself of callers that have access: a rule of the operation, or a proof that a test can't
 * give (only a device makes a passkey; web/e2e/accounts.e2e.ts has one). Every other request must succeed.
 */
const noAccount = { guest: 'forbidden', holder: 'forbidden' } as const;
const always = (code: ErrorCode) => Object.fromEntries(callerNames.map((name) => [name, code]));
const strangers = ['nobody', 'guest', 'holder'];
const noSecondStep = Object.fromEntries(
  callerNames.map((name) => [name, strangers.includes(name) ? 'second_step_over' : 'two_factor_off']),
) as Record<CallerName, ErrorCode>;
const refusedInside: Record<string, Partial<Record<CallerName, ErrorCode>>> = {
  changePassword: noAccount,
  enableTwoFactor: noAccount,
  disableTwoFactor: noAccount,
  renewBackupCodes: noAccount,
  offerPasskey: noAccount,
  acceptInvitation: noAccount,
  createOrganisation: noAccount,
  confirmEmail: { guest: 'sign_in_to_verify', holder: 'sign_in_to_verify' },
  verifyEmail: always('sign_in_to_verify'),
  deleteMe: { admin: 'forbidden' },
  signInAnonymous: { guest: 'already_guest', holder: 'already_guest' },
  addPasskey: { ...always('second_step_over'), ...noAccount },
  signInPasskey: always('second_step_over'),
  verifyTwoFactorCode: noSecondStep,
  verifyBackupCode: noSecondStep,
  removePasskey: { guest: 'not_found', holder: 'not_found' },
  // notifications/sms.test.ts has a provider of SMS.
  putPhoneNumber: always('sms_off'),
  confirmPhoneNumber: always('sms_code_ended'),
  // pictures.test.ts sends real pictures.
  uploadPicture: always('picture_refused'),
  receiveSms: always('webhook_signature_invalid'),
  receiveSmsStatus: always('webhook_signature_invalid'),
  // passes/passes.test.ts has certificates of Apple and Google.
  getApplePass: always('passes_off'),
  makeGooglePass: always('passes_off'),
  registerPassDevice: always('pass_token_wrong'),
  unregisterPassDevice: always('pass_token_wrong'),
  getChangedPass: always('pass_token_wrong'),
  sendVerificationEmail: { guest: 'invalid_request', holder: 'invalid_request' },
};

/** If the path names the thing by its id, strangers learn nothing about it, not even whether it exists. */
function expectedRefusal(op: Operation, caller: CallerName): { status: number; code: string } {
  if (caller === 'nobody') return { status: 401, code: 'unauthenticated' };
  if (op.access === 'admin') return { status: 403, code: 'forbidden' };
  const isMember = (teamRoles as readonly string[]).includes(caller);
  const isKnown = isMember || (caller === 'elsewhere' && !namesEvents(op));
  return isKnown && isOfTeam(op) ? { status: 403, code: 'forbidden' } : { status: 404, code: 'not_found' };
}

const named = (chosen: readonly Operation[]) => chosen.map((op) => [op.id, op] as const);
const isOfTeam = (op: Operation) => ['team', 'door', 'holder-or-team'].includes(op.access);
const stoppedFrom = (op: Operation) =>
  (isOfTeam(op) ? callerNames : everyone).filter((name) => !allowedFor(op).includes(name));
const guarded = operations.filter((op) => stoppedFrom(op).length > 0);

const sendAs = (client: Client, op: Operation, { path, body, headers }: Possible, more = {}) =>
  send(client, op, path, body, { ...headers, ...more });

/** Expects that the request succeeds, or that the operation itself refuses it as `refusedInside` says. */
async function expectLetIn(op: Operation, caller: CallerName, request: Possible): Promise<void> {
  const answer = await sendAs(request.person?.client ?? world.client(), op, request);
  const inside = refusedInside[op.id]?.[caller];
  const seen = { caller, status: answer.status, code: answer.body?.code };
  if (inside) return expect(seen).toMatchObject({ caller, code: inside });
  const isOther = (op.redirect && answer.status === 302) || answer.status in (op.alsoStatus ?? {});
  const status = isOther ? answer.status : op.status;
  expect(seen, JSON.stringify(answer.body)).toMatchObject({ caller, status });
}

test.each(named(guarded))('%s stops everyone it is not for, and lets in whom it is for', async (_, op) => {
  const [first, ...others] = allowedFor(op);
  for (const [i, caller] of [first as CallerName, ...drawnOf(others, 2, op.id)].entries()) {
    const request = await possible(world, cast, op, caller);
    for (const stopped of i === 0 ? stoppedFrom(op) : []) {
      const answer = await sendAs(cast.callers[stopped], op, request);
      const { status, code } = expectedRefusal(op, stopped);
      const seen = { caller: stopped, status: answer.status, code: answer.body.code };
      expect(seen).toEqual({ caller: stopped, status, code });
    }
    if (i === 0) await expectForgeriesRefused(op, caller, request);
    await expectLetIn(op, caller, request);
  }
});

/** Sends what an impostor could send to pass for the caller, and expects the answer that a stranger gets. */
async function expectForgeriesRefused(op: Operation, caller: CallerName, request: Possible): Promise<void> {
  for (const [what, headers] of await forgeriesOf(caller)) {
    const answer = await sendAs(world.client(), op, request, headers);
    const seen = { what, status: answer.status, code: answer.body.code };
    expect(seen).toEqual({ what, status: 401, code: 'unauthenticated' });
  }
}

type Forgery = [what: string, headers: { cookie: string } | { authorization: string }];
const forged = new Map<CallerName, Forgery[]>();
async function forgeriesOf(caller: CallerName): Promise<Forgery[]> {
  const known = forged.get(caller);
  if (known) return known;
  const person = cast.people[caller as keyof Cast['people']];
  const [{ client }, ended] = [await withSession(world, person), await withSession(world, person)];
  const tokenName = world.app.accounts.sessionCookie;
  const token = client.cookies.get(tokenName) ?? '';
  const [callerName, sealed] = [...client.cookies].find(([name]) => name !== tokenName) as [string, string];
  const jwtOf = async (of: Client) => (await of.get('/api/auth/token')).body.token as string;
  const [jwt, jwtOfEnded] = [await jwtOf(client), await jwtOf(ended.client)];
  const endedCookie = ended.client.cookie();
  const good: Record<string, string>[] = [
    { cookie: client.cookie() },
    { cookie: endedCookie },
    { authorization: `Bearer ${jwt}` },
  ];
  for (const headers of good) expect((await world.client().get('/api/me', headers)).status).toBe(200);
  await ended.client.post('/api/auth/sign-out', {});
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const made: Forgery[] = [
    ['made up', { cookie: `${tokenName}=made.up; ${callerName}=made.up` }],
    ['a token with another signature', { cookie: `${tokenName}=${token.slice(0, -6)}AAAAA%3D` }],
    ['what is sealed, without its token', { cookie: `${callerName}=${sealed}` }],
    ['a session that has ended', { cookie: endedCookie }],
    ['a JWT of a session that has ended', { authorization: `Bearer ${jwtOfEnded}` }],
    ['a JWT without a signature', { authorization: `Bearer ${none}.${claims}.` }],
    ['a JWT with another signature', { authorization: `Bearer ${head}.${claims}.${reversed(signature)}` }],
  ];
  forged.set(caller, made);
  return made;
}
const reversed = (text: string) => [...text].reverse().join('');

const open = operations.filter((op) => stoppedFrom(op).length === 0);
test.each(named(open))('%s lets everybody in', async (_, op) => {
  for (const caller of drawnOf(everyone, 4, op.id))
    await expectLetIn(op, caller, await possible(world, cast, op, caller));
});

describe('a device of a door link', () => {
  const forDevices = operations.filter((op) => op.access === 'door');

  async function openLink(eventId: string, client: Client) {
    const expiresAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    const body = { label: 'North', seesNames: true, expiresAt };
    const made = await client.post(`/api/events/${eventId}/door-links`, body);
    const secret = made.body.url.split('#')[1];
    const opened = await world.client().post('/api/door-devices', { secret, name: 'A phone' });
    expect([made.status, opened.status]).toEqual([201, 201]);
    const { token } = opened.body as { token: string };
    return { id: made.body.link.id as string, token, headers: { authorization: `Door ${token}` } };
  }

  test.each(named(forDevices))('%s is for devices of this event’s links alone', async (_, op) => {
    const request = await possible(world, cast, op, 'owner');
    const eventId = /evt_\w+/.exec(request.path)?.[0] as string;
    const house = cast.house.client;
    const [own, ended] = [await openLink(eventId, house), await openLink(eventId, house)];
    const other = await openLink((await world.event({ organiser: cast.house })).id, house);
    const stranger = await openLink((await world.event()).id, (await world.event()).organiser.client);
    await house.delete(`/api/events/${eventId}/door-links/${ended.id}`);
    const answerTo = async (headers: { authorization: string }) => {
      const { status, body } = await sendAs(world.client(), op, request, headers);
      return [status, body.code];
    };
    expect(await answerTo(other.headers)).toEqual([404, 'not_found']);
    expect(await answerTo(stranger.headers)).toEqual([404, 'not_found']);
    for (const token of [reversed(own.token), `${own.token}A`, own.token.slice(4), 'ddt_', ''])
      expect(await answerTo({ authorization: `Door ${token}` })).toEqual([401, 'unauthenticated']);
    // The token is no session.
    expect(await answerTo({ authorization: `Bearer ${own.token}` })).toEqual([401, 'unauthenticated']);
    if (!op.takesEndedDevices) expect(await answerTo(ended.headers)).toEqual([401, 'door_link_ended']);
    expect(await answerTo(own.headers)).toEqual([op.status, undefined]);
  });

  test('its token opens nothing else', async () => {
    const { headers } = await openLink(cast.params.eventId as string, cast.house.client);
    const others = operations.filter((op) => !['door', 'public', 'secret', 'signature'].includes(op.access));
    expect(others.length).toBeGreaterThan(100);
    for (const op of others) {
      const path = pathOf(op, cast.params);
      const { status } = await send(world.client(), op, path, bodyOf(op, cast.params), headers);
      expect([op.id, status]).toEqual([op.id, 401]);
    }
  });
});

describe('capabilities', () => {
  /** Operations of organisers that are for no team. */
  const exceptions: Record<string, string> = {
    createOrganisation: 'whoever opens an organisation has no team yet',
    registerDoorDevice: 'the secret of the link lets the device in',
    noteDoorDevice: 'the token of the device lets it in, or the session of its member',
  };

  test('every operation about a team or an event of a team names its capability', () => {
    const forOrganisers = operations.filter(
      (op) =>
        op.access !== 'public' &&
        (isOfTeam(op) || ['Organise', 'Door'].includes(op.tag) || op.path.startsWith('/api/organisations/')),
    );
    expect(forOrganisers.length).toBeGreaterThan(40);
    const without = forOrganisers.filter(
      (op) => !exceptions[op.id] && !(isOfTeam(op) && op.needs && capabilityNames.includes(op.needs)),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test('every capability is needed by an operation', () => {
    const needed = new Set(operations.map(({ needs }) => needs));
    expect(capabilityNames.filter((name) => !needed.has(name))).toEqual([]);
  });

  test('no operation names a capability that its access does not check', () => {
    expect(operations.filter((op) => op.needs && !isOfTeam(op)).map(({ id }) => id)).toEqual([]);
  });

  test('an operation without a capability can’t be bound', () => {
    const { needs: _, ...op } = operations.find(({ id }) => id === 'listMembers') as Operation;
    expect(() => bind(createHttp(world.app), world.app, op, () => ({ items: [] }))).toThrow(
      'listMembers is for a team and names no capability',
    );
  });

  test('docs/team-roles.md has the table', async () => {
    const page = await readFile(new URL('../../docs/team-roles.md', import.meta.url), 'utf8');
    for (const name of capabilityNames) {
      const cells = teamRoles.map((role) => (rolesWith(name).includes(role) ? '✓' : ''));
      const row = `| \`${name}\` | ${capabilityTexts[name]} | ${cells.join(' | ')} |`;
      expect(page).toContain(row.replaceAll(/ +/g, ' '));
    }
  });
});

describe('roles', () => {
  test('a caller can’t raise their role by changing their session cookie', async () => {
    const { client } = await world.guest();
    const tokenName = world.app.accounts.sessionCookie;
    const [name, sealed] = [...client.cookies].find(([each]) => each !== tokenName) as [string, string];
    // The fourth part starts with the letter of the role.
    const parts = sealed.split('.');
    client.cookies.set(name, parts.with(3, `a${parts[3]?.slice(1)}`).join('.'));
    for (const op of operations.filter(({ access }) => access === 'admin')) {
      const answer = await sendAs(client, op, await possible(world, cast, op, 'admin'));
      expect([op.id, answer.status, answer.body.code]).toEqual([op.id, 403, 'forbidden']);
    }
  });

  test('another user’s session cookie beside one’s own token gives no access', async () => {
    const { client } = await world.guest();
    const tokenName = world.app.accounts.sessionCookie;
    for (const [name, value] of cast.callers.admin.cookies) {
      if (name !== tokenName) client.cookies.set(name, value);
    }
    expect((await client.get('/api/admin/money-reviews')).status).toBe(403);
  });

  test.each(operations.filter((op) => op.body && op.method !== 'GET').map((op) => [op.id, op] as const))(
    '%s raises nobody who slips a role into the body',
    async (_, op) => {
      const person = await world.guest();
      const body = {
        ...(bodyOf(op, cast.params) as object),
        role: 'admin',
        userRole: 'admin',
        isAnonymous: false,
        emailVerified: true,
      };
      await send(person.client, op, pathOf(op, cast.params), body);
      const rows = await world.app.db.query<{ role: string }>('select role from users where id = $1', [
        person.userId,
      ]);
      expect(rows.map((row) => row.role)).not.toContain('admin');
    },
  );
});
