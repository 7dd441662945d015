import type { PassFacts, VoidReason } from './pass.ts';
import type { PassJson } from './wallets.ts';
import { passWords } from './words.ts';

/** Ink on a dark ground; the labels have a contrast of 8.9 to 1 with it, the values one of 16 to 1. */
export const passColours = {
  background: [27, 32, 54],
  foreground: [255, 255, 255],
  label: [184, 192, 224],
} as const;

const rgb = ([red, green, blue]: readonly [number, number, number]): string =>
  `rgb(${red}, ${green}, ${blue})`;

/**
 * What a pass for Apple Wallet says of a ticket, without the members that name the pass itself. Members and limits:
 * https://developer.apple.com/documentation/walletpasses/pass
 */
export function appleContentOf(facts: PassFacts, publicUrl: string): PassJson {
  const { title, organiser, startsAt, endsAt, doorsAt, place, code, voidBecause, language } = facts;
  const t = passWords(language);
  return {
    organizationName: organiser,
    description: t('description', { event: title }),
    logoText: organiser,
    backgroundColor: rgb(passColours.background),
    foregroundColor: rgb(passColours.foreground),
    labelColor: rgb(passColours.label),
    // The tickets of an event lie on one pile.
    groupingIdentifier: facts.eventId,
    // The pass shows on the lock screen around these times.
    relevantDate: startsAt.toISOString(),
    relevantDates: [{ startDate: (doorsAt ?? startsAt).toISOString(), endDate: endsAt.toISOString() }],
    expirationDate: endsAt.toISOString(),
    voided: voidBecause !== null,
    // A copy in another phone would be a ticket for two.
    sharingProhibited: true,
    semantics: {
      eventType: 'PKEventTypeGeneric',
      eventName: title,
      eventStartDate: startsAt.toISOString(),
      eventEndDate: endsAt.toISOString(),
      venueName: facts.venueName,
      ...(place && {
        seats: [{ seatSection: place.section, seatRow: place.row, seatNumber: place.seat }],
      }),
    },
    ...(code !== null && {
      barcodes: [
        {
          format: 'PKBarcodeFormatQR',
          message: code,
          messageEncoding: 'iso-8859-1',
          ...(facts.shortNumber !== null && { altText: facts.shortNumber }),
        },
      ],
    }),
    eventTicket: fieldsOf(facts, publicUrl),
  };
}

interface Field {
  key: string;
  label: string;
  value: string;
  changeMessage?: string;
}

function fieldsOf(facts: PassFacts, publicUrl: string): Record<string, Field[]> {
  const { place, doors, voidBecause } = facts;
  const t = passWords(facts.language);
  const field = (key: string, label: string, value: string): Field[] => [{ key, label, value }];
  /** The phone tells the person of the new value. `%@` stands for it. */
  const told = (key: string, label: string, value: string, message: string): Field[] => [
    { key, label, value, changeMessage: message },
  ];
  return {
    headerFields:
      voidBecause !== null
        ? told('state', t('state'), t(voidWords[voidBecause]), '%@')
        : doors
          ? told('doors', t('doors'), doors, t('doorsChanged', { value: '%@' }))
          : [],
    primaryFields: told('event', '', facts.title, '%@'),
    secondaryFields: [
      ...told('date', facts.date, facts.time, t('timeChanged', { value: '%@' })),
      ...told('venue', t('venue'), facts.venueName, t('venueChanged', { value: '%@' })),
    ],
    auxiliaryFields: place
      ? [
          ...(place.section ? field('section', t('section'), place.section) : []),
          ...(place.row ? field('row', t('row'), place.row) : []),
          ...told('seat', t('seat'), place.seat, t('seatChanged', { value: '%@' })),
        ]
      : field('ticket', t('ticket'), facts.ticketTypeName),
    backFields: [
      ...(place ? field('ticket', t('ticket'), facts.ticketTypeName) : []),
      ...(facts.attendeeName ? field('name', t('name'), facts.attendeeName) : []),
      ...field('when', t('when'), `${facts.date}, ${facts.time}`),
      ...(facts.address ? field('address', t('address'), `${facts.venueName}, ${facts.address}`) : []),
      ...field('order', t('order'), facts.orderNumber),
      ...field('link', t('link'), `${publicUrl}/tickets/${facts.ticketId}`),
    ],
  };
}

export const voidWords = {
  cancelled: 'voidCancelled',
  'passed-on': 'voidPassedOn',
  'event-cancelled': 'voidEvent',
  'codes-turn': 'voidTurns',
} as const satisfies Record<VoidReason, string>;
