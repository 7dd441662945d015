import type { DoorAnswer } from '../../../contract/door-notes.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectDoorAnswers } from './store.ts';

/** A gate is read at arm's length. */
const longest = 120;

/** What the present holders of tickets have answered to these questions, and the buyers for their whole orders. */
export async function readDoorAnswers(
  db: Queryable,
  eventId: EventId,
  questions: string[],
  ticketIds: TicketId[],
): Promise<Map<TicketId, DoorAnswer[]>> {
  if (questions.length === 0 || ticketIds.length === 0) return new Map();
  const rows = await selectDoorAnswers(db, eventId, questions, ticketIds);
  return new Map(
    [...Map.groupBy(rows, ({ ticketId }) => ticketId)].map(([ticketId, answers]) => [
      ticketId,
      answers.map(({ label, text }) => ({ label, text: shorten(text) })),
    ]),
  );
}

/** A list of allergies that ends too early must not look complete. It is cut between letters. */
function shorten(text: string): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}
