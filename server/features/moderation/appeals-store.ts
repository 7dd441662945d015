import type { AppealId, DecisionId, ReportId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { AppealRow } from './moderation.ts';

const columns = `id, decision_id as "decisionId", report_id as "reportId", text, language, made_at as "madeAt", outcome, answer`;

const insertSql = `
  insert into moderation_appeals (id, decision_id, report_id, text, language, made_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (decision_id, report_id) do nothing`;

/** Returns 0 if there is an appeal already. */
export const insertAppeal = (trx: Transaction, row: AppealRow): Promise<number> =>
  trx.run(insertSql, [row.id, row.decisionId, row.reportId, row.text, row.language, row.madeAt]);

const oneSql = `select ${columns} from moderation_appeals where decision_id = $1 and report_id = $2`;
export const findAppeal = async (
  db: Queryable,
  decisionId: DecisionId,
  reportId: ReportId | '',
): Promise<AppealRow | null> => (await db.query<AppealRow>(oneSql, [decisionId, reportId]))[0] ?? null;

const openSql = `
  select ${columns} from moderation_appeals
  where answered_at is null and ($1::text is null or id > $1) order by id limit $2`;
const answeredSql = `
  select ${columns} from moderation_appeals
  where answered_at is not null and ($1::text is null or id < $1) order by id desc limit $2`;

export const selectAppeals = (
  db: Queryable,
  { open, cursor, limit }: { open: boolean; cursor: AppealId | null; limit: number },
): Promise<AppealRow[]> => db.query<AppealRow>(open ? openSql : answeredSql, [cursor, limit]);

const lockSql = `select ${columns} from moderation_appeals where id = $1 for no key update`;
export const lockAppeal = async (trx: Transaction, id: AppealId): Promise<AppealRow | null> =>
  (await trx.query<AppealRow>(lockSql, [id]))[0] ?? null;

const answerSql = `
  update moderation_appeals set outcome = $2, answer = $3, answered_by = $4, answered_at = $5 where id = $1`;
export const writeAnswer = (
  trx: Writes,
  id: AppealId,
  answer: { outcome: 'upheld' | 'reversed'; statement: string; by: UserId; at: Date },
): void => trx.write(answerSql, [id, answer.outcome, answer.statement, answer.by, answer.at]);
