import type { Id } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { wantsMails } from '../accounts/wants-mails.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import type { ScheduleRow } from './schedule.ts';
import { selectRecipients } from './schedules-store.ts';

type Schedule = Pick<ScheduleRow, 'id' | 'organisationId' | 'eventId'>;

/** Lists the members of a team who may download exports of an event, and whether they want mails about files. */
export async function listExporters(db: Queryable, { organisationId, eventId }: Omit<Schedule, 'id'>) {
  const people = await listMembersWhoMay(db, 'exports.read', organisationId, eventId);
  return Promise.all(
    people.map(async (person) => ({
      ...person,
      wantsMails: await wantsMails({ db }, person.userId, 'exports'),
    })),
  );
}

type Exporter = Awaited<ReturnType<typeof listExporters>>[number];

/** Lists who gets the files of schedules of one event: the people it names, as far as they may download exports now. */
export async function listRecipients(
  db: Queryable,
  schedules: Schedule[],
): Promise<(Exporter & { scheduleId: Id<'exportSchedule'> })[]> {
  const [first] = schedules;
  if (!first) return [];
  const named = await selectRecipients(
    db,
    schedules.map(({ id }) => id),
  );
  const exporters = new Map((await listExporters(db, first)).map((person) => [person.userId, person]));
  return named.flatMap(({ scheduleId, userId }) => {
    const person = exporters.get(userId);
    return person ? { ...person, scheduleId } : [];
  });
}
