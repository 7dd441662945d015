import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import type { WaitlistEntry } from '../../../../contract/waitlist.ts';
import { maySignedIn } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Entry } from './Entry.tsx';
import { JoinForm } from './JoinForm.tsx';
import { isOpen, mineQuery } from './queries.ts';
import { t } from './words.ts';

/** The pages of many people must not ask at the same instant, so each one asks some time after a change. */
const spreadMs = 4_000;

export interface EventLineProps {
  event: Event;
  /** The ticket types that are on sale and have no free place. */
  soldOut: TicketType[];
  /** The version of the availability. It moves with each change of the ledger, so with each move of the line. */
  version: number;
}

/** The waitlist on the page of an event: joining it, the place in line, and the offer. */
export function EventLine({ event, soldOut, version }: EventLineProps) {
  const { data: entries = [], isLoading } = useQuery({ ...mineQuery(event.id), enabled: maySignedIn() });
  useFresh(event, entries, version);
  const mayJoin = (type: TicketType) => event.waitlist.enabled && soldOut.includes(type);
  const rows = event.ticketTypes
    .map((type) => ({
      type,
      entry: entries.find((each) => each.ticketTypeId === type.id && isOpen(each)),
    }))
    .filter(({ type, entry }) => entry || mayJoin(type));
  // Whoever waits already must not be asked to join for a moment.
  if (rows.length === 0 || isLoading) return null;
  return (
    <section id="waitlist" aria-labelledby="waitlist-title" className="mt-6 border-t border-line pt-5">
      <h3 id="waitlist-title" className="text-lg font-bold tracking-tight">
        {t('title')}
      </h3>
      <p className="mt-1 text-sm text-muted">
        {t('how')} {t('offerLasts', { minutes: event.waitlist.offerMinutes })}
      </p>
      <ul className="mt-2 divide-y divide-line">
        {rows.map(({ type, entry }) => (
          <li key={type.id} className="py-4">
            {entry ? (
              <Entry entry={entry} typeName={type.name} timeZone={event.timeZone} />
            ) : (
              <Join event={event} type={type} last={entries.find((each) => each.ticketTypeId === type.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Join({ event, type, last }: { event: Event; type: TicketType; last: WaitlistEntry | undefined }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <p className="font-semibold">
        <bdi>{type.name}</bdi>
      </p>
      {last?.status === 'expired' && <p className="mt-1 text-sm text-warn">{t('expired')}</p>}
      {isAsked ? (
        <JoinForm event={event} type={type} onClose={() => setIsAsked(false)} />
      ) : (
        <Button
          look="quiet"
          className="mt-3"
          aria-label={t('joinFor', { type: type.name })}
          onClick={() => setIsAsked(true)}
        >
          {t('join')}
        </Button>
      )}
    </>
  );
}

/** Reads the entries again some time after the ledger has moved. Only pages of people who wait do so. */
function useFresh(event: Event, entries: WaitlistEntry[], version: number): void {
  const client = useQueryClient();
  const waits = entries.some(isOpen);
  const seen = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!waits || version === seen.current) return;
    seen.current = version;
    const part = (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: mineQuery(event.id).queryKey });
    }, part * spreadMs);
  }, [client, event.id, waits, version]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
