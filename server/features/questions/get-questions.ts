import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { EventQuestions } from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { namesETag } from '../../http/etags.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';

/** What an event asks, from the sale that the server remembers. A draft does not exist for the public. */
export async function getEventQuestions(
  app: App,
  call: Pick<Call<{ eventId: EventId }, undefined, undefined, 'public'>, 'params' | 'header'>,
): Promise<Raw> {
  const sale = await readEventSale(app, call.params.eventId);
  if (!sale || sale.status === 'draft') throw new Refused('not_found');
  const form = shownForm(sale);
  const etag = `"${form.version}"`;
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', etag };
  if (namesETag(call.header('if-none-match'), etag)) return new Raw('', headers, 304);
  return new Raw(JSON.stringify(form), headers);
}

export const shownForm = ({ form }: Pick<EventSale, 'form'>): EventQuestions =>
  form ?? { version: 0, questions: [], terms: [], changeHours: null };
