import type { EventId } from '../../../contract/ids.ts';
import type { Question, QuestionForm, Terms } from '../../../contract/question-fields.ts';
import type { Queryable, Writes } from '../../data/db.ts';

const latestSql = `
  select form || jsonb_build_object('version', version) as form from event_forms
  where event_id = $1 order by version desc limit 1`;
export const selectForm = async (db: Queryable, eventId: EventId): Promise<QuestionForm | null> =>
  (await db.query<{ form: QuestionForm }>(latestSql, [eventId]))[0]?.form ?? null;

const versionSql = `
  select form || jsonb_build_object('version', version) as form from event_forms
  where event_id = $1 and version = $2`;
export const selectFormVersion = async (
  db: Queryable,
  eventId: EventId,
  version: number,
): Promise<QuestionForm | null> =>
  (await db.query<{ form: QuestionForm }>(versionSql, [eventId, version]))[0]?.form ?? null;

const everSql = (part: 'questions' | 'terms') => `
  select distinct on (asked->>'key') asked from event_forms, jsonb_array_elements(form->'${part}') asked
  where event_id = $1 order by asked->>'key', version desc`;
const everAskedSql = everSql('questions');
const everTermsSql = everSql('terms');
/** Every question that the event has ever asked, as it was asked last. */
export const selectEverAsked = async (db: Queryable, eventId: EventId): Promise<Question[]> =>
  (await db.query<{ asked: Question }>(everAskedSql, [eventId])).map(({ asked }) => asked);
export const selectEverTerms = async (db: Queryable, eventId: EventId): Promise<Terms[]> =>
  (await db.query<{ asked: Terms }>(everTermsSql, [eventId])).map(({ asked }) => asked);

const insertSql = `insert into event_forms (event_id, version, form, made_at) values ($1, $2, $3, $4)`;
export const insertForm = (
  trx: Writes,
  eventId: EventId,
  { version, ...form }: QuestionForm,
  now: Date,
): void => trx.write(insertSql, [eventId, version, JSON.stringify(form), now]);
