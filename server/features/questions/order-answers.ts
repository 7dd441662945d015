import { answerIssues, pathOf } from '../../../contract/answers.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { Answers } from '../../../contract/question-fields.ts';
import type { OrderAnswersReply, TicketAnswers } from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { refusedAnswers, typesOfPlaces } from '../inventory/check-answers.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { touchTickets } from '../tickets/touch-tickets.ts';
import { answersOf, changeableAt, currentAnswers, rowsAt, valuesOf, wholeOrder } from './answer.ts';
import { shownForm } from './get-questions.ts';
import {
  type Answered,
  readAnswered,
  type Side,
  showAnswered,
  showTicketAnswers,
  sideOf,
  teamSide,
} from './read-answers.ts';
import { insertAnswers, removeAnswers } from './store.ts';

type OrderCall<B = undefined> = ActingCall & Call<{ orderId: OrderId }, undefined, B, 'holder-or-team'>;
type TicketCall<B = undefined> = ActingCall & Call<{ ticketId: TicketId }, undefined, B, 'holder-or-team'>;
type Given = { version?: number | undefined; answers: Answers };

export async function getOrderAnswers(app: App, call: OrderCall): Promise<OrderAnswersReply> {
  const answered = await readAnswered(app, call.params.orderId);
  return showAnswered(app, answered, await sideOf(app, call.caller, answered.order, 'orders.read'));
}

/** Replaces the answers of a whole order, for its buyer or for the team. */
export async function putOrderAnswers(app: App, call: OrderCall<Given>): Promise<OrderAnswersReply> {
  const answered = await readAnswered(app, call.params.orderId);
  const side = await sideOf(app, call.caller, answered.order, 'orders.edit');
  await once(app, call, async (trx) => {
    write(app, trx, answered, { place: null, issue: 1, side, ...call.body });
    if (side === 'team') note(app, trx, call, answered);
    return {};
  });
  return showAnswered(app, await readAnswered(app, call.params.orderId), side);
}

export async function getTicketAnswers(app: App, call: TicketCall) {
  const { ticket, side } = await readSeen(app, call.caller, call.params.ticketId, 'orders.read');
  const answered = await readAnswered(app, ticket.orderId);
  return {
    form: shownForm(answered.event),
    ticket: showTicketAnswers(app, answered, ticket, side),
  };
}

/** Replaces the answers of a ticket, for whoever holds it now or for the team. */
export async function putTicketAnswers(app: App, call: TicketCall<Given>): Promise<TicketAnswers> {
  const { ticket, side } = await readSeen(app, call.caller, call.params.ticketId, 'orders.edit');
  const answered = await readAnswered(app, ticket.orderId);
  await once(app, call, async (trx) => {
    const locked = await lockForHandOver(trx, ticket.id);
    if (locked.status === 'cancelled') throw new Refused('ticket_cancelled');
    if (locked.transferId !== ticket.transferId) throw new Refused('ticket_transferred');
    const { position, issue } = ticket;
    write(app, trx, answered, { place: position, issue, side, ...call.body });
    if (side === 'team') note(app, trx, call, answered);
    return {};
  });
  return showTicketAnswers(app, await readAnswered(app, ticket.orderId), ticket, side);
}

/** The buyer who has passed a ticket on does not see what its holder answers. */
async function readSeen(
  app: App,
  caller: Caller,
  ticketId: TicketId,
  needed: 'orders.read' | 'orders.edit',
): Promise<{ ticket: TicketRow; side: Side }> {
  const ticket = await readTicket(app.db, ticketId);
  if (!ticket) throw new Refused('not_found');
  const relation = await readRelation(app, caller, ticketId);
  if (relation === 'holder') return { ticket, side: 'holder' };
  const side = await teamSide(app, caller, ticket.eventId, needed).catch((error: unknown) => {
    throw relation === 'payer' && error instanceof Refused ? new Refused('ticket_transferred') : error;
  });
  return { ticket, side };
}

interface Change {
  place: number | null;
  issue: number;
  side: Side;
  version?: number | undefined;
  answers: Answers;
}

/**
 * Replaces the answers of one place by these, as far as they are asked now. An answer to a question that is not asked any more
 * stays. When the time for changes is over, what is answered stays too and only what is missing may be added.
 */
function write(
  app: App,
  trx: Transaction,
  answered: Answered,
  { place, issue, side, version, answers }: Change,
): void {
  const { order, event, tickets, rows } = answered;
  const changeable = changeableAt(event, side, app.clock.now());
  if (changeable === 'no') throw new Refused('answers_fixed');
  const form = shownForm(event);
  const current = currentAnswers(rows, tickets);
  const before = valuesOf(place === null ? current.order : (current.tickets.get(place) ?? []));
  const kept = changeable === 'missing' ? before : {};
  for (const [key, value] of Object.entries(kept)) {
    if (Object.hasOwn(answers, key) && JSON.stringify(answers[key]) !== JSON.stringify(value))
      throw new Refused('answers_fixed');
  }
  const types = typesOfPlaces(order.lines);
  const prefix = pathOf(place, '');
  const all = { ...answersOf(place, { ...kept, ...answers }), version };
  const issues = answerIssues({ ...form, terms: [] }, types, all, [])
    .filter(({ path }) => path.startsWith(prefix) && !Object.hasOwn(kept, path.slice(prefix.length)))
    .map(({ path, reason }) => ({ path: `answers.${path.slice(prefix.length)}`, reason }));
  if (issues.length > 0) throw new Refused('answers_refused', refusedAnswers(issues));
  const at = { position: place ?? wholeOrder, issue };
  const scope = place === null ? 'order' : 'ticket';
  const asked = form.questions.filter((question) => question.scope === scope).map(({ key }) => key);
  const replaced = asked.filter((key) => !Object.hasOwn(kept, key));
  const of = { orderId: order.id, eventId: order.eventId };
  removeAnswers(trx, { ...of, ...at }, replaced);
  const given = rowsAt(form, of, at, answers).filter(({ question }) => replaced.includes(question));
  insertAnswers(trx, given, app.clock.now());
  touchTickets(trx, of, place);
}

const note = (app: App, trx: Transaction, call: ActingCall, { order, event }: Answered): void =>
  noteAct(app, trx, call, {
    act: 'order.answers_changed',
    organisationId: event.organisationId,
    subject: { type: 'order', id: order.id, title: event.title },
    before: null,
    after: { order: order.id },
  });
