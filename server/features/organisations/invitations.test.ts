import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type World } from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

const pathOf = ({ organisationId }: Organiser) => `/api/organisations/${organisationId}/invitations`;
const invite = (
  owner: Organiser | { client: Person['client']; organisationId: string },
  email: string,
  role = 'door',
) => owner.client.post(`/api/organisations/${owner.organisationId}/invitations`, { email, role });

/** The mails to an address, newest first, each with its link. */
async function lettersTo(email: string): Promise<{ id: string; secret: string; text: string }[]> {
  await world.drain();
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  return Promise.all(
    items.map(async (item: { id: string }) => {
      const { text } = (await world.client().get(`/api/mailbox/${item.id}`)).body;
      const [, id, secret] = /\/invitations\/(inv_\w+)#([\w-]+)/.exec(text) ?? [];
      return { id, secret, text };
    }),
  );
}
async function letterTo(email: string) {
  const [letter] = await lettersTo(email);
  if (!letter?.secret) throw new Error(`no invitation to ${email}`);
  return letter;
}
type Link = { id: string; secret: string };
const read = ({ id, secret }: Link) => world.client().post(`/api/invitations/${id}`, { secret });
const accept = ({ client }: Pick<Person, 'client'>, { id, secret }: Link) =>
  client.post(`/api/invitations/${id}/acceptance`, { secret });
const decline = ({ id, secret }: Link) => world.client().post(`/api/invitations/${id}/refusal`, { secret });
const teamsOf = async ({ client }: Person) => (await client.get('/api/me')).body.organisations;

async function invited(role = 'door') {
  const house = await world.organiser();
  const person = await world.user({ name: 'Dora' });
  expect((await invite(house, person.email, role)).status).toBe(201);
  return { house, person, letter: await letterTo(person.email) };
}

describe('an invitation', () => {
  test('puts somebody on the team when they accept, not before; twice is once', async () => {
    const { house, person, letter } = await invited('manager');
    expect(await teamsOf(person)).toEqual([]);
    expect((await read(letter)).body).toMatchObject({
      organisation: { id: house.organisationId },
      role: 'manager',
      email: person.email,
      state: 'pending',
    });
    // A double click, and another tab.
    const answers = await Promise.all([
      accept(person, letter),
      accept(person, letter),
      accept(person, letter),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await teamsOf(person)).toMatchObject([{ id: house.organisationId, role: 'manager' }]);
    expect((await accept(person, letter)).body).toMatchObject({ state: 'accepted' });
    expect((await house.client.get(pathOf(house))).body.items).toEqual([]);
    expect((await house.client.delete(`${pathOf(house)}/${letter.id}`)).body.code).toBe('invitation_used');
  });

  test('answers the same for an address with an account, with an unconfirmed one and without any', async () => {
    const house = await world.organiser();
    const unverified = await world.user({ verified: false });
    const verified = await world.user();
    const shapes = [];
    for (const email of [verified.email, unverified.email, 'nobody@teams.example']) {
      const { status, body } = await invite(house, email.toUpperCase());
      shapes.push([status, { ...body, id: '', email: body.email === email }]);
      expect((await lettersTo(email)).length).toBe(1);
    }
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
  });

  test('is of no use to another account, to an unconfirmed one, to a guest, and to nobody', async () => {
    const { letter, house, person } = await invited();
    const other = await world.user();
    const refused = await accept(other, letter);
    expect([refused.status, refused.body.code]).toEqual([403, 'invitation_other_address']);
    expect(refused.body.detail).toContain(person.email);
    expect((await accept(await world.guest(), letter)).body.code).toBe('forbidden');
    expect((await accept({ client: world.client() }, letter)).status).toBe(401);
    for (const each of [other, house]) expect((await teamsOf(each)).length).toBe(each === house ? 1 : 0);

    const unverified = await world.user({ verified: false });
    await invite(house, unverified.email);
    const theirs = await letterTo(unverified.email);
    expect((await accept(unverified, theirs)).body.code).toBe('email_not_verified');
    expect(await teamsOf(unverified)).toEqual([]);
  });

  test('is opened by its own secret only; the database keeps a hash', async () => {
    const { letter, person } = await invited();
    const { letter: foreign } = await invited();
    for (const secret of [foreign.secret, 'x'.repeat(43)]) {
      expect((await read({ id: letter.id, secret })).status).toBe(404);
      expect((await accept(person, { id: letter.id, secret })).status).toBe(404);
      expect((await decline({ id: letter.id, secret })).status).toBe(404);
    }
    expect((await read({ ...letter, secret: 'short' })).body.code).toBe('invalid_request');
    const [row] = await world.app.db.query<{ row: string }>(
      'select row_to_json(invitations)::text as row from invitations where id = $1',
      [letter.id],
    );
    expect(row?.row).not.toContain(letter.secret);
    expect((await accept(person, letter)).status).toBe(200);
  });

  test('of an account in capital letters is the same address', async () => {
    const house = await world.organiser();
    const person = await world.user();
    expect((await invite(house, person.email.toUpperCase())).body.email).toBe(person.email);
    expect((await accept(person, await letterTo(person.email))).status).toBe(200);
  });

  test('runs out after a week; sent again it is good for another, by each of its links', async () => {
    const { house, person, letter } = await invited();
    world.clock.advance(days(7) + 1000);
    await person.client.get('/api/me');
    expect((await read(letter)).body.state).toBe('expired');
    expect((await accept(person, letter)).body.code).toBe('invitation_expired');
    expect((await decline(letter)).body.code).toBe('invitation_expired');
    const again = await house.client.post(`${pathOf(house)}/${letter.id}/mails`);
    expect([again.status, again.body.state]).toEqual([200, 'pending']);
    const letters = await lettersTo(person.email);
    expect(new Set(letters.map(({ secret }) => secret)).size).toBe(2);
    for (const each of letters) expect((await read(each)).body.state).toBe('pending');
    expect((await accept(person, letter)).status).toBe(200);
  });

  test('that has run out makes room for a new one', async () => {
    const { house, person } = await invited();
    expect((await invite(house, person.email)).body.code).toBe('already_invited');
    world.clock.advance(days(8));
    await house.client.get('/api/me');
    const anew = await invite(house, person.email, 'manager');
    expect([anew.status, anew.body.role]).toEqual([201, 'manager']);
    expect((await house.client.get(pathOf(house))).body.items).toHaveLength(1);
  });

  test('that is withdrawn says so, also to whoever accepts at that moment', async () => {
    const { house, person, letter } = await invited();
    const withdraw = () => house.client.delete(`${pathOf(house)}/${letter.id}`);
    expect([(await withdraw()).status, (await withdraw()).status]).toEqual([204, 204]);
    expect((await read(letter)).body.state).toBe('withdrawn');
    expect((await accept(person, letter)).body.code).toBe('invitation_withdrawn');
    expect((await house.client.post(`${pathOf(house)}/${letter.id}/mails`)).body.code).toBe(
      'invitation_withdrawn',
    );

    for (let round = 0; round < 5; round++) {
      const next = await invited();
      const [taken, withdrawn] = await Promise.all([
        accept(next.person, next.letter),
        next.house.client.delete(`${pathOf(next.house)}/${next.letter.id}`),
      ]);
      const joined = (await teamsOf(next.person)).length === 1;
      expect([taken.status === 200, withdrawn.status === 204]).toEqual([joined, !joined]);
    }
  });

  test('that is declined leaves the person in peace for a week', async () => {
    const { house, person, letter } = await invited();
    expect([(await decline(letter)).status, (await decline(letter)).status]).toEqual([204, 204]);
    expect((await accept(person, letter)).body.code).toBe('invitation_declined');
    expect((await house.client.get(pathOf(house))).body.items).toMatchObject([{ state: 'declined' }]);
    const refused = await invite(house, person.email);
    expect([refused.status, refused.body.code]).toEqual([409, 'invitation_declined']);
    expect(refused.body.detail).toContain('7 days');
    expect((await invite(await world.organiser(), person.email)).status).toBe(201);
    world.clock.advance(days(7));
    await house.client.get('/api/me');
    expect((await invite(house, person.email)).status).toBe(201);
  });

  test('makes a member an owner, and never lowers a role', async () => {
    const house = await world.organiser();
    const person = await world.member(house, 'manager');
    for (const role of ['door', 'manager']) {
      expect((await invite(house, person.email, role)).body.code).toBe('already_member');
    }
    expect((await invite(house, person.email, 'owner')).status).toBe(201);
    expect((await teamsOf(person))[0].role).toBe('manager');
    expect((await accept(person, await letterTo(person.email))).status).toBe(200);
    expect((await teamsOf(person))[0].role).toBe('owner');
    expect((await invite(house, person.email, 'owner')).body.code).toBe('already_member');
  });

  test('is sent by owners of that organisation only', async () => {
    const { house, letter } = await invited();
    const stranger = await world.organiser();
    const manager = await world.member(house, 'manager');
    const listed = `${pathOf(house)}/${letter.id}`;
    for (const [client, status] of [
      [stranger.client, 404],
      [manager.client, 403],
    ] as const) {
      const body = { email: 'x@teams.example', role: 'door' };
      expect((await client.post(pathOf(house), body)).status).toBe(status);
      expect((await client.get(pathOf(house))).status).toBe(status);
      expect((await client.post(`${listed}/mails`)).status).toBe(status);
      expect((await client.delete(listed)).status).toBe(status);
    }
    expect((await stranger.client.delete(`${pathOf(stranger)}/${letter.id}`)).status).toBe(404);
    expect((await stranger.client.post(`${pathOf(stranger)}/${letter.id}/mails`)).status).toBe(404);
    expect((await read(letter)).body.state).toBe('pending');
  });
});

describe('an invitation ends with what it came from', () => {
  async function twoOwners() {
    const house = await world.organiser();
    const second = await world.member(house, 'owner');
    const person = await world.user();
    await invite({ client: second.client, organisationId: house.organisationId }, person.email, 'owner');
    return { house, second, person, letter: await letterTo(person.email) };
  }
  const members = (house: Organiser) => `/api/organisations/${house.organisationId}/members`;

  test.each([
    [
      'removed',
      (house: Organiser, second: Person) => house.client.delete(`${members(house)}/${second.userId}`),
    ],
    [
      'made a manager',
      (house: Organiser, second: Person) =>
        house.client.put(`${members(house)}/${second.userId}`, { role: 'manager' }),
    ],
    ['gone', (_: Organiser, second: Person) => second.client.post('/api/me/deletion', {})],
  ])('its sender is %s', async (_, end) => {
    const { house, second, person, letter } = await twoOwners();
    expect((await end(house, second)).status).toBeLessThan(300);
    expect((await accept(person, letter)).body.code).toBe('invitation_withdrawn');
    expect(await teamsOf(person)).toEqual([]);
    expect((await invite(house, person.email)).status).toBe(201);
  });

  test('its sender is suspended; another owner takes it over by sending it again', async () => {
    const { house, second, person, letter } = await twoOwners();
    const admin = await world.admin();
    await admin.client.post(`/api/admin/users/${second.userId}/suspension`, { reason: 'Spam' });
    expect((await accept(person, letter)).body.code).toBe('invitation_withdrawn');
    expect((await house.client.get(pathOf(house))).body.items).toMatchObject([{ state: 'withdrawn' }]);
    expect((await house.client.post(`${pathOf(house)}/${letter.id}/mails`)).status).toBe(200);
    expect((await accept(person, letter)).status).toBe(200);
  });

  test('the person is taken off the team: an offer from before does not bring them back', async () => {
    const house = await world.organiser();
    const person = await world.member(house, 'door');
    await invite(house, person.email, 'owner');
    const letter = await letterTo(person.email);
    await house.client.delete(`${members(house)}/${person.userId}`);
    expect((await accept(person, letter)).body.code).toBe('invitation_withdrawn');
  });

  test('the organisation is gone', async () => {
    const { house, person, letter } = await invited();
    await world.app.db.run('delete from organisations where id = $1', [house.organisationId]);
    expect((await read(letter)).status).toBe(404);
    expect((await accept(person, letter)).status).toBe(404);
  });

  test('the account is deleted while it accepts: nobody is on a team as a deleted account', async () => {
    for (let round = 0; round < 5; round++) {
      const { person, letter } = await invited('owner');
      await Promise.all([accept(person, letter), person.client.post('/api/me/deletion', {})]);
      const [left] = await world.app.db.query<{ count: number }>(
        `select count(*)::int from members join users on users.id = members.user_id
         where users.id = $1 and users.deleted_at is not null`,
        [person.userId],
      );
      expect(left?.count).toBe(0);
    }
  });

  test('a deleted account leaves no address behind, and its export names its invitations', async () => {
    const { person, letter, house } = await invited();
    const { body } = await person.client.get('/api/me/export');
    expect(body.invitations).toMatchObject([{ id: letter.id, organisation: { id: house.organisationId } }]);
    expect((await person.client.post('/api/me/deletion', {})).status).toBe(204);
    const [left] = await world.app.db.query<{ count: number }>(
      `select (select count(*) from invitations where email = $1)::int
        + (select count(*) from invitation_mails where email = $1)::int as count`,
      [person.email],
    );
    expect(left?.count).toBe(0);
  });

  test('after a month nothing of it is kept', async () => {
    const { letter, house, person } = await invited();
    await house.client.delete(`${pathOf(house)}/${letter.id}`);
    const kept = async () =>
      (await world.app.db.query('select from invitations where email = $1', [person.email])).length +
      (await world.app.db.query('select from invitation_mails where email = $1', [person.email])).length;
    await allTasks(world.app)['forget-old']?.({});
    expect(await kept()).toBe(2);
    world.clock.advance(days(1) + minutes(1));
    await allTasks(world.app)['forget-old']?.({});
    expect(await kept()).toBe(1);
    world.clock.advance(days(30));
    await allTasks(world.app)['forget-old']?.({});
    expect(await kept()).toBe(0);
  });
});

describe('mails', () => {
  let strict: World;
  beforeAll(async () => {
    strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  });
  afterAll(() => strict?.close());
  const mailed = async (email: string) =>
    (
      await strict.app.db.query(`select from graphile_worker._private_jobs where payload::text like $1`, [
        `%${email}%`,
      ])
    ).length;

  test('to one address: 3 from an organisation and 10 altogether in a day, however they are asked for', async () => {
    const email = 'stranger@teams.example';
    const owner = await strict.organiser();
    const first = await invite(owner, email);
    const path = `/api/organisations/${owner.organisationId}/invitations`;
    const again = () => owner.client.post(`${path}/${first.body.id}/mails`);
    // Concurrently, because the limit is counted under a lock.
    const answers = await Promise.all(Array.from({ length: 8 }, again));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'rate_limited' });
    expect(refused?.body.detail).toContain('3 invitations');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(hours(23) / 1000);
    // After withdrawing and inviting again, the address is the same.
    await owner.client.delete(`${path}/${first.body.id}`);
    expect((await invite(owner, email)).status).toBe(429);

    const houses = await Promise.all(Array.from({ length: 9 }, () => strict.organiser()));
    const others = await Promise.all(houses.map((house) => invite(house, email)));
    expect(others.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(await mailed(email)).toBe(10);
    strict.clock.advance(days(1) + 1000);
    await owner.client.get('/api/me');
    expect((await invite(owner, email)).status).toBe(201);
  });

  test('of one organisation 50 and of one owner 100, in all their organisations', async () => {
    const owner = await strict.organiser();
    const statuses: number[] = [];
    const send = async (organisationId: string, i: number) => {
      const answer = await invite(
        { client: owner.client, organisationId },
        `crew-${i}-${organisationId}@teams.example`,
      );
      statuses.push(answer.status);
    };
    for (let i = 0; i < 51; i++) await send(owner.organisationId, i);
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    for (const name of ['Second', 'Third']) {
      const { body } = await owner.client.post('/api/organisations', { name });
      for (let i = 0; i < 30; i++) await send(body.id, i);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(100);
  });
});
