import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type Organiser, type Person, type World } from '../../testing/world.ts';

let world: World;
let house: Organiser;
let support: Person;
let finance: Person;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  support = await world.member(house, 'support');
  finance = await world.member(house, 'finance');
});
afterAll(() => world.close());

const path = (id = '') => `/api/organisations/${house.organisationId}/order-views${id && `/${id}`}`;
const view = (name: string, more: object = {}) => ({
  name,
  isShared: false,
  search: { status: 'confirmed', from: '2026-03-01', columns: ['total'] },
  ...more,
});
const save = ({ client }: Pick<Person, 'client'>, body: object) => client.post(path(), body);
const namesFor = async ({ client }: Pick<Person, 'client'>) =>
  (await client.get(path())).body.items.map(({ name }: { name: string }) => name);

describe('saved lists of orders', () => {
  test('a list is there with what was saved, for its member alone or for the team', async () => {
    const own = await save(support, view('mine'));
    expect(own).toMatchObject({ status: 201, body: view('mine') });
    const shared = await save(support, view('All of us', { isShared: true }));
    expect(shared.status).toBe(201);
    expect(await namesFor(support)).toEqual(['All of us', 'mine']);
    expect(await namesFor(finance)).toEqual(['All of us']);
    expect((await finance.client.delete(path(own.body.id))).status).toBe(404);
    expect((await finance.client.put(path(own.body.id), view('x'))).status).toBe(404);
  });

  test('who may not correct orders shares no list, and changes and deletes no shared one', async () => {
    const { id } = (await save(house, view('Of the house', { isShared: true }))).body;
    expect((await save(finance, view('For all', { isShared: true }))).status).toBe(403);
    expect((await finance.client.put(path(id), view('Taken'))).status).toBe(403);
    expect((await finance.client.delete(path(id))).status).toBe(403);
    expect(await namesFor(finance)).toContain('Of the house');
    const own = await save(finance, view('Finance'));
    expect((await finance.client.put(path(own.body.id), view('Finance', { isShared: true }))).status).toBe(
      403,
    );
    expect((await finance.client.get(path())).body.items).toContainEqual({
      id: own.body.id,
      ...view('Finance'),
    });
  });

  test('a changed list keeps its id; given to the team it is everybody’s, and taken back it is one member’s', async () => {
    const { id } = (await save(support, view('first'))).body;
    const changed = view('second', {
      isShared: true,
      search: { sort: 'oldest', columns: ['tags', 'event'] },
    });
    expect(await support.client.put(path(id), changed)).toMatchObject({
      status: 200,
      body: { id, ...changed },
    });
    expect(await namesFor(house)).toContain('second');
    expect((await house.client.put(path(id), { ...changed, isShared: false })).status).toBe(200);
    expect(await namesFor(support)).not.toContain('second');
    expect((await house.client.delete(path(id))).status).toBe(204);
    expect((await house.client.delete(path(id))).status).toBe(404);
  });

  test('of two lists with one name that come at once one is saved, and another member may have the name', async () => {
    const answers = await Promise.all(['Twice', 'twice', 'TWICE'].map((name) => save(house, view(name))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('view_name_taken');
    const other = await save(house, view('Once'));
    expect((await house.client.put(path(other.body.id), view('twice'))).body.code).toBe('view_name_taken');
    expect(await namesFor(house)).toContain('Once');
    expect((await save(support, view('twice'))).status).toBe(201);
  });

  test('another organisation neither sees nor changes a list', async () => {
    const { id } = (await save(house, view('Secret', { isShared: true }))).body;
    const stranger = await world.organiser();
    const theirs = `/api/organisations/${stranger.organisationId}/order-views`;
    expect((await stranger.client.get(theirs)).body.items).toEqual([]);
    expect((await stranger.client.put(`${theirs}/${id}`, view('Mine'))).status).toBe(404);
    expect((await stranger.client.delete(`${theirs}/${id}`)).status).toBe(404);
    expect(await namesFor(house)).toContain('Secret');
  });

  test('a list of a member ends with the membership, and a shared one stays', async () => {
    const left = await world.member(house, 'support');
    await save(left, view('of the one who left'));
    await save(left, view('left for all', { isShared: true }));
    const { status } = await house.client.delete(
      `/api/organisations/${house.organisationId}/members/${left.userId}`,
    );
    expect(status).toBe(204);
    const rows = await world.app.db.query<{ name: string }>(
      `select name from order_views where name like '%left%'`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['left for all']);
  });

  test('the audit log has what the team shares and nothing of a member’s own', async () => {
    const count = async () =>
      (await world.app.db.query(`select from audit_log where act like 'order_view.%'`)).length;
    const before = await count();
    const own = await save(house, view('Not in the log'));
    await house.client.put(path(own.body.id), view('Neither'));
    await house.client.delete(path(own.body.id));
    expect(await count()).toBe(before);
    const shared = await save(house, view('In the log', { isShared: true }));
    await house.client.put(path(shared.body.id), view('In the log'));
    expect(await count()).toBe(before + 2);
  });

  test('a text to search for, an unknown column and a filter that is none are refused', async () => {
    for (const search of [
      { columns: [], q: 'Ada' },
      { columns: ['name'] },
      { columns: [], cursor: 'ord_00000000000000000000000000' },
      { columns: [], from: '2026-03-01T00:00:00Z' },
    ])
      expect((await save(house, view('Wrong', { search }))).status, JSON.stringify(search)).toBe(400);
  });

  test('a member has at most 50 lists, and 50 shared ones besides', async () => {
    const full = await world.member(house, 'support');
    for (let i = 0; i < 50; i++) expect((await save(full, view(`list ${i}`))).status).toBe(201);
    expect((await save(full, view('one more'))).body.code).toBe('too_many_views');
    expect((await save(full, view('shared', { isShared: true }))).status).toBe(201);
  });
});
