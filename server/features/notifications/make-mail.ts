import type { App } from '../../app.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { About } from './deliveries-store.ts';
import { type Letter, letterHtml, letterText } from './letter.ts';
import type { Mail } from './mailer.ts';

/** Renders a letter as a mail. The mailer sends one mail per key. */
export const toMail = (
  key: string,
  about: About,
  to: Mail['to'],
  letter: Letter,
  attachments: Mail['attachments'],
): Mail => ({
  key,
  about,
  to: { name: oneLine(to.name), address: to.address },
  // A line break in a title must not start another header.
  subject: oneLine(letter.subject),
  html: letterHtml(letter),
  text: letterText(letter),
  attachments,
});

/** Calendars act on the method in the type: they add or change an entry, or remove it. */
export const calendarFile = ({ slug }: EventSale, calendar: string, method: 'PUBLISH' | 'CANCEL') => ({
  name: `${slug}.ics`,
  type: method === 'PUBLISH' ? 'text/calendar' : `text/calendar; method=${method}`,
  content: Buffer.from(calendar),
});

/** The link in a mail's header that switches this kind of mail off. */
export const unsubscribeUrl = (app: App, ...of: Parameters<App['unsubscribeLinks']['pathOf']>): string =>
  app.config.publicUrl + app.unsubscribeLinks.pathOf(...of);

const oneLine = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
