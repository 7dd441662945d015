import { addressOf } from '../../../../client/endpoint.ts';
import { getEventCalendar } from '../../../../client/endpoints.generated.ts';
import type { Event } from '../../../../contract/events.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { t } from './words.ts';

export interface CalendarProps {
  event: Event;
  onClose: () => void;
}

/** A file for the device's calendar, and links to the large online calendars. */
export function CalendarDialog({ event, onClose }: CalendarProps) {
  const ways = [
    {
      name: t('calendarFile'),
      href: addressOf(getEventCalendar, { params: { eventId: event.id } }),
      download: true,
    },
    { name: t('calendarGoogle'), href: googleUrl(event), download: false },
    { name: t('calendarOutlook'), href: outlookUrl(event), download: false },
  ];
  return (
    <Dialog title={t('calendarAdd')} closeLabel={t('close')} onClose={onClose}>
      <ul className="grid gap-3">
        {ways.map(({ name, href, download }) => (
          <li key={name}>
            <a
              href={href}
              {...(download ? { download: '' } : { target: '_blank', rel: 'noreferrer' })}
              onClick={onClose}
              className={buttonClass('quiet', undefined, 'w-full')}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const placeOf = ({ venue }: Event): string =>
  [venue.name, venue.address, venue.city].filter(Boolean).join(', ');
const pageOf = ({ slug }: Event): string => `${location.origin}/e/${encodeURIComponent(slug)}`;

/** `20270115T220000Z`: in UTC, which each calendar shows in its owner's zone. */
const compact = (instant: string): string => new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const googleUrl = (event: Event): string =>
  `https://calendar.google.com/calendar/render?${new URLSearchParams({
    action: 'TEMPLATE',
    text: event.title,
    dates: `${compact(event.startsAt)}/${compact(event.endsAt)}`,
    location: placeOf(event),
    details: pageOf(event),
  })}`;

const outlookUrl = (event: Event): string =>
  `https://outlook.live.com/calendar/0/deeplink/compose?${new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: event.title,
    startdt: event.startsAt,
    enddt: event.endsAt,
    location: placeOf(event),
    body: pageOf(event),
  })}`;
