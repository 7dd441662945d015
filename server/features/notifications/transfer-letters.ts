import type { Language } from '../../../contract/languages.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import { isolated } from '../../../contract/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes, instantText } from '../tickets/ticket-page.ts';
import type { TransferRow } from '../transfers/transfer.ts';
import type { TransferMail } from '../transfers/transfer-mails.ts';
import { type Block, facts, greeting, joinBlocks, type Letter, walletButtons } from './letter.ts';
import { whenAndWhere } from './order-letters.ts';
import { letterWords } from './words.ts';

/* Letters about tickets that change hands. */

/** A transfer, its event as it is now, and the place that the ticket is for. */
export interface TransferMatter {
  transfer: TransferRow;
  event: EventSale;
  /** Of each ticket that the mail is about: `Stalls, row A, seat 12`, or the name of the ticket type. */
  places: string[];
  /** The page of the offer and, after the acceptance, of the ticket. It has the secret, so only the recipient gets it. */
  url: string;
  /** The page of the order, for a sender who bought the ticket; the page of their own ticket for another sender. */
  senderUrl: string;
}

/** Offers the ticket, in the words of the sender, and says how to accept or decline. */
export function offeredLetter(matter: TransferMatter): Letter {
  const { transfer, event, url } = matter;
  const language = transfer.toLanguage;
  const t = letterWords(language);
  const count = matter.places.length;
  const sender = transfer.fromName ?? '';
  return {
    language,
    subject: t('offeredSubject', { sender, event: event.title, count }),
    preview: t('offeredPreview', { count }),
    heading: t('offeredHeading', { event: event.title, count }),
    blocks: [
      greeting(language, ''),
      { kind: 'text', text: t('offeredText', { sender, event: event.title, count }) },
      ...(transfer.message
        ? [
            {
              kind: 'text' as const,
              text: t('offeredMessage', { sender, message: isolated(transfer.message, language) }),
            },
          ]
        : []),
      ...whatAndWhen(matter, language),
      { kind: 'button', label: t('offeredButton'), url },
      {
        kind: 'text',
        text: t('offeredUntil', { until: instantText(transfer.expiresAt, event.timeZone, language) }),
      },
      { kind: 'text', text: t('offeredIgnore') },
    ],
    footer: t('offeredWhy', { sender }),
  };
}

/** Brings the ticket to its new holder, with the PDF and the calendar entry. */
export function receivedLetter(matter: TransferMatter, wallets: PassWallet[] = []): Letter {
  const { transfer, event } = matter;
  const language = transfer.toLanguage;
  const t = letterWords(language);
  const count = matter.places.length;
  const onPaper = event.ticketCodes === 'fixed';
  return {
    language,
    subject: t('receivedSubject', { event: event.title, count }),
    preview: t(onPaper ? 'receivedPreview' : 'receivedPhonePreview', { count }),
    heading: event.title,
    blocks: [
      greeting(language, transfer.toName ?? ''),
      {
        kind: 'text',
        text: t(onPaper ? 'receivedText' : 'receivedPhoneText', { event: event.title, count }),
      },
      ...whatAndWhen(matter, language),
      ...joinBlocks(event, language),
      { kind: 'button', label: t('openTicket'), url: matter.url },
      ...walletButtons(wallets, event, language, matter.url),
      { kind: 'text', text: t('receivedSecret') },
    ],
    footer: t('receivedWhy', { sender: transfer.fromName ?? '' }),
  };
}

/** Tells the sender that the ticket is somebody else's now. */
export function passedOnLetter(matter: TransferMatter): Letter {
  const { transfer, event, senderUrl } = matter;
  const language = transfer.fromLanguage;
  const t = letterWords(language);
  const count = matter.places.length;
  const recipient = transfer.toName ?? '';
  return {
    language,
    subject: t('passedOnSubject', { event: event.title, count }),
    preview: t('passedOnPreview', { recipient, count }),
    heading: t('passedOnHeading', { recipient, count }),
    blocks: [
      greeting(language, transfer.fromName ?? ''),
      { kind: 'text', text: t('passedOnText', { recipient, event: event.title, count }) },
      ...whatAndWhen(matter, language),
      { kind: 'button', label: t('openTickets'), url: senderUrl },
    ],
    footer: t('passedOnWhy'),
  };
}

const endedTexts = {
  declined: 'offerDeclined',
  expired: 'offerExpired',
  withdrawn: 'offerWithdrawn',
} as const;

/** Tells the sender that nobody accepted, or the recipient that the sender has withdrawn the offer. */
export function offerEndedLetter(
  matter: TransferMatter,
  { as }: Extract<TransferMail, { kind: 'ticket-offer-ended' }>,
): Letter {
  const { transfer, event, senderUrl } = matter;
  const isToSender = as !== 'withdrawn';
  const language = isToSender ? transfer.fromLanguage : transfer.toLanguage;
  const t = letterWords(language);
  const count = matter.places.length;
  const sender = transfer.fromName ?? '';
  const text = t(endedTexts[as], { sender, recipient: transfer.toEmail ?? '', event: event.title, count });
  return {
    language,
    subject: t('offerEndedSubject', { event: event.title, count }),
    preview: text,
    heading: t('offerEndedHeading', { count }),
    blocks: [
      greeting(language, isToSender ? sender : ''),
      { kind: 'text', text: isToSender ? `${text} ${t('offerStillYours', { count })}` : text },
      ...(isToSender ? [{ kind: 'button' as const, label: t('openTickets'), url: senderUrl }] : []),
    ],
    footer: isToSender ? t('passedOnWhy') : t('offeredWhy', { sender }),
  };
}

const heldEndedTexts = {
  holder: 'heldReturned',
  organiser: 'heldCancelled',
  event: 'heldEventCancelled',
} as const;

/** Tells the holder that their ticket no longer admits anybody, and who has decided it. */
export function heldEndedLetter(
  matter: TransferMatter,
  { by }: Extract<TransferMail, { kind: 'held-ticket-ended' }>,
): Letter {
  const { transfer, event, url } = matter;
  const language = transfer.toLanguage;
  const t = letterWords(language);
  const reason = by === 'event' ? event.cancellation?.reason : undefined;
  return {
    language,
    subject: t(by === 'event' ? 'eventCancelledSubject' : 'heldEndedSubject', { event: event.title }),
    preview: t('heldEndedHeading'),
    heading: by === 'event' ? t('eventCancelledHeading', { event: event.title }) : t('heldEndedHeading'),
    blocks: [
      greeting(language, transfer.toName ?? ''),
      { kind: 'text', text: t(heldEndedTexts[by], { event: event.title }) },
      { kind: 'text', text: t('heldMoney') },
      ...(reason ? [facts([[t('reason'), isolated(reason, language)]])] : []),
      { kind: 'button', label: t('openTicket'), url },
    ],
    footer: t('receivedWhy', { sender: transfer.fromName ?? '' }),
  };
}

/** Reminds the holder of a received ticket. */
export function heldReminderLetter(matter: TransferMatter): Letter {
  const { transfer, event } = matter;
  const language = transfer.toLanguage;
  const t = letterWords(language);
  return {
    language,
    subject: t('reminderSubject', { event: event.title }),
    preview: t('whenIs', eventTimes(event, language)),
    heading: event.title,
    blocks: [
      greeting(language, transfer.toName ?? ''),
      { kind: 'text', text: t('reminderText') },
      ...whatAndWhen(matter, language),
      ...joinBlocks(event, language),
      { kind: 'button', label: t('openTicket'), url: matter.url },
    ],
    footer: t('receivedWhy', { sender: transfer.fromName ?? '' }),
  };
}

/** Tells the holder of a received ticket that the event was moved. */
export function heldMovedLetter(matter: TransferMatter): Letter {
  const { transfer, event } = matter;
  const language = transfer.toLanguage;
  const t = letterWords(language);
  return {
    language,
    subject: t('movedSubject', { event: event.title }),
    preview: t('movedPreview', { when: t('whenIs', eventTimes(event, language)) }),
    heading: t('movedHeading', { event: event.title }),
    blocks: [
      greeting(language, transfer.toName ?? ''),
      { kind: 'text', text: t('movedText', { event: event.title }) },
      ...whatAndWhen(matter, language),
      { kind: 'button', label: t('openTicket'), url: matter.url },
    ],
    footer: t('receivedWhy', { sender: transfer.fromName ?? '' }),
  };
}

function whatAndWhen({ event, places }: TransferMatter, language: Language): Block[] {
  const t = letterWords(language);
  const said = places.map((place) => isolated(place, language)).join(' · ');
  return [facts([[t('offeredPlace', { count: places.length }), said]]), whenAndWhere(event, language)];
}
