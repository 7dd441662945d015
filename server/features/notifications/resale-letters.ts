import type { Language } from '../../../contract/languages.ts';
import { formatMoney } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import type { Resale } from '../inventory/resale.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes, instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { letterWords } from './words.ts';

/** An offer for resale, its event as it is now, and the place of the ticket. */
export interface ResaleMatter {
  resale: Resale;
  event: EventSale;
  /** `Stalls, row A, seat 12`, or the name of the ticket type. */
  place: string;
  name: string;
  language: Language;
  /** True if the holder paid for the ticket, so the money is theirs. */
  isPayer: boolean;
  until: Date;
  /** The page of the holder's ticket. */
  url: string;
}

/** Confirms the offer: the price, what comes back, and until when. */
export function resaleOfferedLetter(matter: ResaleMatter): Letter {
  const { event, language, until } = matter;
  const t = letterWords(language);
  return {
    language,
    subject: t('resaleOfferedSubject', { event: event.title }),
    preview: t('resaleOfferedPreview'),
    heading: t('resaleOfferedHeading'),
    blocks: [
      greeting(language, matter.name),
      {
        kind: 'text',
        text: t('resaleOfferedText', {
          event: event.title,
          until: instantText(until, event.timeZone, language),
        }),
      },
      ...figures(matter),
      { kind: 'button', label: t('openTicket'), url: matter.url },
    ],
    footer: t('resaleWhy'),
  };
}

/** The ticket is somebody else's: what goes back, to whom, and when. */
export function resaleSoldLetter(matter: ResaleMatter): Letter {
  const { event, language, isPayer, resale } = matter;
  const t = letterWords(language);
  const back = formatMoney({ amount: resale.backMinor, currency: resale.currency }, language);
  const money =
    resale.backMinor === 0 ? null : t(isPayer ? 'resaleSoldBack' : 'resaleSoldBackToPayer', { back });
  return {
    language,
    subject: t('resaleSoldSubject', { event: event.title }),
    preview: t('resaleSoldPreview'),
    heading: t('resaleSoldHeading'),
    blocks: [
      greeting(language, matter.name),
      { kind: 'text', text: t('resaleSoldText', { event: event.title }) },
      ...(money ? [{ kind: 'text' as const, text: money }] : []),
      ...figures(matter),
    ],
    footer: t('resaleWhy'),
  };
}

/** Nobody bought the ticket, so it stays with its holder. */
export function resaleEndedLetter(matter: ResaleMatter): Letter {
  const { event, language, resale } = matter;
  const t = letterWords(language);
  const because = { off: 'resaleOff', refunded: 'resaleRefunded', disputed: 'resaleDisputed' } as const;
  const text = t(because[resale.endedBecause as keyof typeof because] ?? 'resaleUnsold', {
    event: event.title,
  });
  return {
    language,
    subject: t('resaleEndedSubject', { event: event.title }),
    preview: text,
    heading: t('resaleEndedHeading'),
    blocks: [
      greeting(language, matter.name),
      { kind: 'text', text: `${text} ${t('offerStillYours', { count: 1 })}` },
      { kind: 'button', label: t('openTicket'), url: matter.url },
    ],
    footer: t('resaleWhy'),
  };
}

function figures({ resale, event, place, language }: ResaleMatter) {
  const t = letterWords(language);
  const { priceMinor, backMinor, currency } = resale;
  const money = (amount: number) => formatMoney({ amount, currency }, language);
  return [
    facts([
      [t('event'), isolated(event.title, language)],
      [t('offeredPlace', { count: 1 }), isolated(place, language)],
      [t('when'), t('whenIs', eventTimes(event, language))],
      [t('resalePrice'), money(priceMinor)],
      ...(priceMinor > backMinor
        ? ([[t('resaleFee'), money(priceMinor - backMinor)]] as [string, string][])
        : []),
      [t('resaleBack'), money(backMinor)],
    ]),
  ];
}
