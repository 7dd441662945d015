import type { EventId } from '../../../contract/ids.ts';
import type { Question, QuestionForm, Terms } from '../../../contract/question-fields.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import {
  insertForm,
  selectEverAsked,
  selectEverTerms,
  selectForm,
  selectFormVersion,
} from './forms-store.ts';

const emptyForm: QuestionForm = { version: 0, questions: [], terms: [], changeHours: 24 };

/** What an event asks now; an empty form of version 0 if nobody has ever asked anything. */
export const readForm = async (db: Queryable, eventId: EventId): Promise<QuestionForm> =>
  (await selectForm(db, eventId)) ?? emptyForm;

/** What an event asked in an earlier version of its form. */
export const readFormVersion = (
  db: Queryable,
  eventId: EventId,
  version: number,
): Promise<QuestionForm | null> => selectFormVersion(db, eventId, version);

/** All questions and terms that the event has ever had, each as it was last. */
export const readEverAsked = async (
  db: Queryable,
  eventId: EventId,
): Promise<{ questions: Question[]; terms: Terms[] }> => ({
  questions: await selectEverAsked(db, eventId),
  terms: await selectEverTerms(db, eventId),
});

/** Writes the next version of a form. The caller has locked the event and raises its version. */
export const writeForm = (trx: Writes, eventId: EventId, form: QuestionForm, now: Date): void =>
  insertForm(trx, eventId, form, now);
