import type { z } from 'zod';
import type * as contract from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { broadcastLetter } from './broadcast-letter.ts';
import { readFilter } from './broadcasts.ts';
import { countHolders } from './broadcasts-store.ts';
import { letterHtml, letterText } from './letter.ts';

type Body = z.output<NonNullable<typeof contract.previewBroadcast.body>>;
type Reply = z.output<NonNullable<typeof contract.previewBroadcast.reply>>;

/** Counts whom a message would reach, and shows its mails. Sends and stores nothing. */
export async function previewBroadcast(
  app: App,
  { params: { eventId }, body }: { params: { eventId: EventId }; body: Body },
): Promise<Reply> {
  const event = await readEventSale(app, eventId);
  if (!event) throw new Refused('not_found');
  const recipients = await countHolders(app.db, eventId, await readFilter(app.db, event, body.to));
  const url = `${app.config.publicUrl}/e/${event.slug}`;
  const mails = (body.texts ?? []).map((text) => {
    const { language } = text;
    const letter = broadcastLetter(event, body.about, text, { name: '', language, url });
    return { language, subject: letter.subject, html: letterHtml(letter), text: letterText(letter) };
  });
  return { recipients, mails };
}
