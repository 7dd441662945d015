import type { PassId } from '../../../contract/ids.ts';
import { offsetsIn } from '../../zone-times.ts';
import { passColours, voidWords } from './apple-pass.ts';
import type { EventFacts, PassFacts } from './pass.ts';
import type { GoogleThing } from './wallets.ts';
import { passWords } from './words.ts';

const said = (language: string, value: string) => ({ defaultValue: { language, value } });
const picture = (uri: string) => ({ sourceUri: { uri } });
const hex = `#${passColours.background.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

export const classIdOf = (issuer: string, eventId: string, language: string): string =>
  `${issuer}.${eventId}.${language}`;
export const objectIdOf = (issuer: string, passId: PassId): string => `${issuer}.${passId}`;

/**
 * What all passes of an event have in common, in one language: https://developers.google.com/wallet/reference/rest/v1/eventticketclass.
 * Google tells the holders itself when it changes.
 */
export function googleClassOf(
  facts: EventFacts,
  { issuer, publicUrl }: { issuer: string; publicUrl: string },
): GoogleThing {
  const { language, startsAt, endsAt, doorsAt, timeZone } = facts;
  const local = (at: Date) => localTime(at, timeZone);
  // Google fetches the pictures, which it can only from a public address.
  const isPublic = publicUrl.startsWith('https:');
  const cover = facts.coverUrl?.startsWith('/') ? publicUrl + facts.coverUrl : facts.coverUrl;
  return {
    id: classIdOf(issuer, facts.eventId, language),
    issuerName: facts.organiser,
    reviewStatus: 'UNDER_REVIEW',
    eventId: facts.eventId,
    eventName: said(language, facts.title),
    venue: {
      name: said(language, facts.venueName),
      address: said(language, facts.address || facts.venueName),
    },
    dateTime: {
      start: local(startsAt),
      end: local(endsAt),
      ...(doorsAt && { doorsOpen: local(doorsAt), doorsOpenLabel: 'DOORS_OPEN' }),
    },
    hexBackgroundColor: hex,
    // One phone at a time: a copy in another one would be a ticket for two.
    multipleDevicesAndHoldersAllowedStatus: 'ONE_USER_ALL_DEVICES',
    notifyPreference: 'NOTIFY_ON_UPDATE',
    ...(isPublic && { logo: picture(`${publicUrl}/icons/app-512.png`) }),
    ...(isPublic && cover && { heroImage: picture(cover) }),
  };
}

/** What a pass for Google Wallet says of a ticket: https://developers.google.com/wallet/reference/rest/v1/eventticketobject. */
export function googleContentOf(
  facts: PassFacts,
  { issuer, publicUrl }: { issuer: string; publicUrl: string },
): Omit<GoogleThing, 'id'> {
  const { language, place, code, voidBecause } = facts;
  const t = passWords(language);
  return {
    classId: classIdOf(issuer, facts.eventId, language),
    state: voidBecause === null ? 'ACTIVE' : 'EXPIRED',
    ticketNumber: facts.shortNumber ?? facts.ticketId,
    ticketType: said(language, facts.ticketTypeName),
    reservationInfo: { confirmationCode: facts.orderNumber },
    ...(facts.attendeeName && { ticketHolderName: facts.attendeeName }),
    ...(place && {
      seatInfo: {
        seat: said(language, place.seat),
        ...(place.row && { row: said(language, place.row) }),
        ...(place.section && { section: said(language, place.section) }),
      },
    }),
    ...(code !== null && {
      barcode: {
        type: 'QR_CODE',
        value: code,
        ...(facts.shortNumber !== null && { alternateText: facts.shortNumber }),
      },
    }),
    ...(voidBecause !== null && {
      textModulesData: [{ id: 'state', header: t('state'), body: t(voidWords[voidBecause]) }],
    }),
    validTimeInterval: { end: { date: facts.endsAt.toISOString() } },
    linksModuleData: {
      uris: [{ id: 'ticket', uri: `${publicUrl}/tickets/${facts.ticketId}`, description: t('link') }],
    },
  };
}

/** A time on the clocks of a zone with its offset: `2027-05-01T19:30:00+02:00`. */
function localTime(at: Date, timeZone: string): string {
  const offsetMs = offsetsIn(timeZone)(at);
  const wall = new Date(at.getTime() + offsetMs).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${wall}${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
