import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ExportSchedule } from '../../../contract/export-schedules.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { forgetExportFiles } from './forget-export-files.ts';
import { makeExport } from './make-export.ts';
import { orderDueExports } from './order-due-exports.ts';
import { csvRows } from './testing/parsers.ts';

let world: World;
let owner: Organiser;
let finance: Person;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await world.organiser();
  finance = await world.member(owner, 'finance');
  event = await world.event({ organiser: owner, priceMinor: 0 });
});

const path = (at = event) => `/api/events/${at.id}/export-schedules`;
const daily = (fields: object = {}) => ({
  table: 'attendees',
  format: 'csv',
  rhythm: { every: 'day', hour: 6 },
  isPaused: false,
  recipients: [owner.userId, finance.userId],
  ...fields,
});
async function schedule(fields: object = {}): Promise<ExportSchedule> {
  const saved = await owner.client.post(path(), daily(fields));
  expect(saved.status, JSON.stringify(saved.body)).toBe(201);
  return saved.body;
}
const shown = async (): Promise<ExportSchedule> => (await owner.client.get(path())).body.items[0];
/** Moves the clock to the next due time, and runs what is due. */
async function passDue({ times = 1 } = {}) {
  const { nextDueAt } = await shown();
  world.clock.set(new Date(nextDueAt as string));
  for (let n = 0; n < times; n++) await orderDueExports(world.app);
  await world.drain();
  return nextDueAt as string;
}
async function mailsTo({ email }: Person) {
  return (await world.client().get(`/api/mailbox?to=${email}`)).body.items;
}

test('each recipient gets one mail with a link, and the file has the rows of its time', async () => {
  await buy(world, await world.guest(), event, { buyer: { name: 'Ada', email: 'ada@example.com' } });
  await schedule();
  const dueAt = await passDue({ times: 2 });
  expect(await mailsTo(owner)).toHaveLength(1);
  const [mail] = await mailsTo(finance);
  const letter = (await world.client().get(`/api/mailbox/${mail.id}`)).body;
  expect(letter.text).toContain(`/organise/events/${event.id}/exports`);
  expect(letter.text).not.toContain('ada@example.com');
  expect(letter.attachments).toEqual([]);

  const after = await shown();
  expect(after).toMatchObject({ lastError: null, ranAt: dueAt, files: [{ dueAt }] });
  expect(new Date(after.nextDueAt as string).getTime()).toBe(new Date(dueAt).getTime() + days(1));
  await buy(world, await world.guest(), event, { buyer: { name: 'Bo', email: 'bo@example.com' } });
  const file = await finance.client.get(`/api/events/${event.id}/export-files/${after.files[0]?.id}`);
  expect(file.status).toBe(200);
  expect(csvRows(file.bytes).map((row) => row.buyer_email)).toEqual(['ada@example.com']);
  const log = await owner.client.get(`/api/organisations/${owner.organisationId}/audit-log`);
  expect(log.body.items[0]).toMatchObject({
    act: 'event.exported',
    actor: { id: finance.userId },
    after: { table: 'attendees', format: 'csv', file: after.files[0]?.id },
  });
});

test('a due time has one file and each person one mail, however often its job runs, also at once', async () => {
  const { id: scheduleId } = await schedule();
  const dueAt = await passDue();
  const again = () => makeExport(world.app, { scheduleId, dueAt });
  await Promise.all([again(), again(), again()]);
  await again();
  await world.drain();
  expect((await shown()).files).toHaveLength(1);
  expect(await mailsTo(finance)).toHaveLength(1);
});

test('a run that dies before its commit is done again by its job, and one after it is not', async () => {
  const { id: scheduleId, nextDueAt } = await schedule();
  world.clock.set(new Date(nextDueAt as string));
  const dying = {
    ...world.app,
    newId: (kind: never) => (kind === 'exportFile' ? die() : world.app.newId(kind)),
  };
  const die = (): never => {
    throw new Error('the process died');
  };
  await expect(makeExport(dying as never, { scheduleId, dueAt: nextDueAt as string })).rejects.toThrow(
    'died',
  );
  expect(await shown()).toMatchObject({ lastError: 'the process died', files: [] });
  await makeExport(world.app, { scheduleId, dueAt: nextDueAt as string });
  expect(await shown()).toMatchObject({ lastError: null, files: [{ dueAt: nextDueAt }] });
});

test('two processes that look at once enqueue one job', async () => {
  const { id, nextDueAt } = await schedule();
  world.clock.set(new Date(nextDueAt as string));
  const other = await world.another();
  await Promise.all([orderDueExports(world.app), orderDueExports(other.app), orderDueExports(world.app)]);
  const jobs = `select count(*)::int as count from graphile_worker._private_jobs where payload ->> 'scheduleId' = $1`;
  expect(await world.app.db.query(jobs, [id])).toEqual([{ count: 1 }]);
  await world.drain();
});

test('after an outage of a week there is one file, for the latest due time', async () => {
  await schedule();
  const { nextDueAt } = await shown();
  world.clock.set(new Date(new Date(nextDueAt as string).getTime() + days(6) + hours(2)));
  await orderDueExports(world.app);
  await world.drain();
  const latest = new Date(new Date(nextDueAt as string).getTime() + days(6)).toISOString();
  expect((await shown()).files).toMatchObject([{ dueAt: latest }]);
  expect(await mailsTo(finance)).toHaveLength(1);
});

test('whoever leaves the team, or may not download exports any more, gets nothing, and the link ends for them', async () => {
  const manager = await world.member(owner, 'manager');
  await schedule({ recipients: [owner.userId, finance.userId, manager.userId] });
  await passDue();
  const { files } = await shown();
  const link = `/api/events/${event.id}/export-files/${files[0]?.id}`;
  const members = `/api/organisations/${owner.organisationId}/members`;
  expect((await owner.client.delete(`${members}/${finance.userId}`)).status).toBe(204);
  const demoted = await owner.client.put(`${members}/${manager.userId}`, { role: 'door' });
  expect(demoted.status, JSON.stringify(demoted.body)).toBe(200);
  await passDue();
  expect((await mailsTo(owner)).length).toBe(2);
  expect((await mailsTo(finance)).length).toBe(1);
  expect((await mailsTo(manager)).length).toBe(1);
  expect((await finance.client.get(link)).status).toBe(404);
  expect((await manager.client.get(link)).status).toBe(403);
  expect((await shown()).recipients.map(({ userId }) => userId)).toEqual([owner.userId]);
  const refused = await owner.client.post(path(), daily({ recipients: [manager.userId] }));
  expect(refused.body.code).toBe('export_recipient_refused');
});

test('a person who switches these mails off gets none, and the list says so', async () => {
  await schedule();
  await finance.client.patch('/api/me/profile', { mails: { exports: false } });
  await passDue();
  expect(await mailsTo(finance)).toHaveLength(0);
  expect(await mailsTo(owner)).toHaveLength(1);
  const who = (await shown()).recipients.find(({ userId }) => userId === finance.userId);
  expect(who).toMatchObject({ wantsMails: false });
});

test('paused, changed and deleted', async () => {
  const { id } = await schedule();
  const paused = await finance.client.put(`${path()}/${id}`, daily({ isPaused: true }));
  expect(paused.body).toMatchObject({ isPaused: true, nextDueAt: null });
  world.clock.advance(days(2));
  await orderDueExports(world.app);
  await world.drain();
  expect((await shown()).files).toEqual([]);
  const changed = await owner.client.put(
    `${path()}/${id}`,
    daily({ table: 'orders', format: 'json', recipients: [finance.userId] }),
  );
  expect(changed.body).toMatchObject({
    isPaused: false,
    table: 'orders',
    recipients: [{ userId: finance.userId }],
  });
  await passDue();
  const [file] = (await shown()).files;
  const link = `/api/events/${event.id}/export-files/${file?.id}`;
  expect((await owner.client.get(link)).body).toEqual([]);
  expect(await mailsTo(owner)).toHaveLength(0);
  expect((await owner.client.delete(`${path()}/${id}`)).status).toBe(204);
  expect((await owner.client.get(link)).status).toBe(404);
  expect((await owner.client.get(path())).body.items).toEqual([]);
  const strangers = await world.organiser();
  const theirs = await world.event({ organiser: strangers });
  expect((await strangers.client.put(`${path(theirs)}/${id}`, daily())).status).toBe(404);
});

test('a due time that has come stays due when the schedule is changed in that minute', async () => {
  const { id, nextDueAt } = await schedule();
  world.clock.set(new Date(nextDueAt as string));
  const changed = await owner.client.put(`${path()}/${id}`, daily({ format: 'json' }));
  expect(changed.body.nextDueAt).toBe(nextDueAt);
});

test('files end after 7 days, and a schedule 30 days after the event', async () => {
  await schedule({ rhythm: { every: 'week', weekday: 3, hour: 6 } });
  await passDue();
  const [file] = (await shown()).files;
  const link = `/api/events/${event.id}/export-files/${file?.id}`;
  world.clock.advance(days(7) - 1);
  expect((await owner.client.get(link)).status).toBe(200);
  world.clock.advance(1);
  expect((await owner.client.get(link)).status).toBe(404);
  expect(await forgetExportFiles(world.app, world.clock.now())).toBeGreaterThan(0);
  world.clock.advance(days(60));
  await orderDueExports(world.app);
  await world.drain();
  expect((await shown()).nextDueAt).toBeNull();
  expect((await owner.client.post(path(), daily())).body.code).toBe('exports_over');
});

test('a file that cannot be made says why, and its job tries again', async () => {
  const { id: scheduleId, nextDueAt } = await schedule();
  world.clock.set(new Date(nextDueAt as string));
  const read = vi.spyOn(world.app.exports, 'read').mockRejectedValueOnce(new Error('the disk is full'));
  const job = { scheduleId, dueAt: nextDueAt as string };
  await expect(makeExport(world.app, job)).rejects.toThrow('the disk is full');
  expect((await shown()).lastError).toBe('the disk is full');
  await makeExport(world.app, job);
  expect(await shown()).toMatchObject({ lastError: null, files: [{ dueAt: nextDueAt }] });
  read.mockRestore();
});

test('an event has at most 20', async () => {
  for (let n = 0; n < 20; n++) await schedule();
  expect((await owner.client.post(path(), daily())).body.code).toBe('too_many_export_schedules');
});

test('the button of the mail program ends the mails of one schedule, for one person', async () => {
  const first = await schedule();
  const second = await schedule({ table: 'orders' });
  await passDue();
  expect(await mailsTo(finance)).toHaveLength(2);
  const linkOf = ({ id }: ExportSchedule) => world.app.unsubscribeLinks.pathOf(finance.userId, id);
  const press = (path: string) => world.client().post(path);
  const link = linkOf(first);
  expect(link).toContain(`/api/export-recipients/${finance.userId}/${first.id}/`);
  for (const wrong of [
    link.slice(0, -2),
    link.replace(first.id, second.id),
    link.replace(finance.userId, owner.userId),
  ])
    expect((await press(wrong)).status).toBe(404);
  for (let i = 0; i < 2; i++) expect((await press(link)).status).toBe(204);
  const { items } = (await owner.client.get(path())).body;
  expect(items.map(({ recipients }: ExportSchedule) => recipients.length).sort()).toEqual([1, 2]);
  await passDue();
  expect(await mailsTo(finance)).toHaveLength(3);
  expect(await mailsTo(owner)).toHaveLength(4);
  // The team may name the person again. A schedule that is gone has nobody.
  expect((await owner.client.put(`${path()}/${first.id}`, daily())).status).toBe(200);
  await owner.client.send('DELETE', `${path()}/${second.id}`, {});
  expect((await press(linkOf(second))).status).toBe(204);
});
