import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { foundTicketsQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  /** What was looked for; the page keeps it while a ticket is looked at. */
  asked: string;
  onAsk: (asked: string) => void;
}

/** Finds a guest's tickets by what they can say. */
export function FindTicket({ event, asked, onAsk }: Props) {
  const [typed, setTyped] = useState(asked);
  const { data, error, isFetching } = useQuery(foundTicketsQuery(event.id, asked));
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    onAsk(typed.trim());
  };
  return (
    <section className="mt-6">
      <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
        <Field
          label={t('findWhat')}
          type="search"
          autoComplete="off"
          maxLength={80}
          className="min-w-0 grow basis-56"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button type="submit" busy={isFetching} disabledBecause={typed.trim().length < 2 && t('findShort')}>
          {t('find')}
        </Button>
      </form>
      <p className="mt-2 text-sm text-muted">{t('findHint')}</p>
      <div aria-live="polite" className="mt-4">
        {error && <Notice tone="bad">{sayProblem(error)}</Notice>}
        {data?.items.length === 0 && <p className="text-muted">{t('foundNone')}</p>}
        {data?.hasMore && <p className="text-sm text-muted">{t('foundMore')}</p>}
      </div>
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
        {data?.items.map((ticket) => {
          const seat =
            ticket.place &&
            [ticket.place.section, ticket.place.row, ticket.place.seat].filter(Boolean).join(' ');
          return (
            <li key={ticket.ticketId}>
              <Link
                to={paths.eventDoor}
                params={{ eventId: event.id }}
                hash={`ticket-${ticket.ticketId}`}
                activeOptions={{ includeHash: true }}
                className="block py-3 wrap-anywhere hover:bg-sunken"
              >
                <span className="block font-semibold text-accent underline underline-offset-2">
                  <bdi>{ticket.attendeeName ?? ticket.buyerName ?? ticket.ticketTypeName}</bdi>
                </span>
                <span className="block text-sm">
                  <bdi>{[ticket.ticketTypeName, seat].filter(Boolean).join(' · ')}</bdi>
                  {' · '}
                  <bdi dir="ltr">{ticket.orderNumber}</bdi>
                </span>
                <span className="block text-sm text-muted">
                  {t(`ticketState.${ticket.status}`)}
                  {ticket.isInside && ` · ${t('isInside')}`}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
