import { Refused } from '../../../contract/errors.ts';
import type { Id, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readNames } from '../accounts/read-names.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { deleteNote, insertNote, type NoteRow, selectNotes } from './desk-store.ts';
import { orderNumber } from './orders.ts';
import { readOrder } from './read-order.ts';

/** Writes a note to an order, for the team only. */
export async function addOrderNote(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { text: string }, 'team'>,
) {
  const order = await orderWithTeam(app, call.params.orderId);
  const written = await once(app, call, async (trx) => {
    const note: NoteRow = {
      id: app.newId('orderNote'),
      text: call.body.text,
      authorId: call.caller.userId,
      createdAt: app.clock.now(),
    };
    await insertNote(trx, order, note);
    noteAct(app, trx, call, {
      act: 'order.noted',
      organisationId: order.organisationId,
      subject: subjectOf(order.id),
      before: null,
      after: { note: note.id },
    });
    return { ...note, createdAt: note.createdAt.toISOString() };
  });
  return showNote({ ...written, createdAt: new Date(written.createdAt) }, await namesOf(app, [written]));
}

/** Deletes a note of an order. */
export async function removeOrderNote(
  app: App,
  call: Call<{ orderId: OrderId; noteId: Id<'orderNote'> }, undefined, undefined, 'team'>,
) {
  const order = await orderWithTeam(app, call.params.orderId);
  await app.db.transaction(async (trx) => {
    if (!(await deleteNote(trx, order.id, call.params.noteId))) throw new Refused('not_found');
    noteAct(app, trx, call, {
      act: 'order.note_removed',
      organisationId: order.organisationId,
      subject: subjectOf(order.id),
      before: { note: call.params.noteId },
      after: null,
    });
  });
  return undefined;
}

/** Lists the notes of an order, the latest first. */
export async function listOrderNotes(app: App, orderId: OrderId) {
  const notes = await selectNotes(app.db, orderId);
  const names = await namesOf(app, notes);
  return notes.map((note) => showNote(note, names));
}

const namesOf = (app: App, notes: Pick<NoteRow, 'authorId'>[]) =>
  readNames(app.db, [...new Set(notes.map(({ authorId }) => authorId))]);

const showNote = ({ id, text, authorId, createdAt }: NoteRow, names: Map<string, string>) => ({
  id,
  text,
  author: { id: authorId, name: names.get(authorId) ?? null },
  createdAt: createdAt.toISOString(),
});

/** An order with the organisation that sells its event. The guard has checked the role before. */
export async function orderWithTeam(app: App, orderId: OrderId) {
  const order = await readOrder(app, orderId);
  const organisationId = order && (await organisationOf(app, order.eventId));
  if (!order || !organisationId) throw new Refused('not_found');
  return { ...order, organisationId };
}

/** The order as the subject of an entry in the audit log. */
export const subjectOf = (orderId: OrderId) =>
  ({ type: 'order', id: orderId, title: orderNumber(orderId) }) as const;
