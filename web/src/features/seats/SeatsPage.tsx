import { skipToken, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { SeatMapId } from '../../../../contract/ids.ts';
import type { SeatMap as SeatMapData } from '../../../../contract/seating.ts';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { useAvailability } from '../buy/availability.ts';
import { HeldNotice } from '../buy/HeldNotice.tsx';
import { eventQuery, seatMapQuery } from '../buy/queries.ts';
import { refusalText, usePlaceHold } from '../buy/use-place-hold.ts';
import { BestAvailable } from './BestAvailable.tsx';
import { OrphanDialog } from './OrphanDialog.tsx';
import { orphansLeft } from './orphans.ts';
import { SeatLegend } from './SeatLegend.tsx';
import { SeatList } from './SeatList.tsx';
import { SeatMap } from './SeatMap.tsx';
import { SeatsToolbar } from './SeatsToolbar.tsx';
import { SeatTray } from './SeatTray.tsx';
import { bitsInMapOrder, readSeatMap } from './seat-model.ts';
import { useSelection } from './use-selection.ts';
import { knownKind, knownZone, rememberKind, rememberZone } from './view-memory.ts';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/seats');

export function SeatsPage() {
  const { slug } = route.useParams();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const { data: known } = useSuspenseQuery(seatMapQuery(slug));
  const live = useAvailability(event.id);
  const map = useNewerMap(slug, known, live?.seatMapId);
  const model = useMemo(() => readSeatMap(map, event), [map, event]);
  const availability = useMemo(
    () => live && { ...live, seats: bitsInMapOrder(model, live.seats) },
    [live, model],
  );
  const selection = useSelection(event, model, availability);
  const hold = usePlaceHold(event.id);
  const [kind, setKind] = useState(() => knownKind(event.id));
  const [zone, setZone] = useState(() => {
    const known = model.zones.findIndex(({ key }) => key === knownZone(event.id));
    return known === -1 ? null : known;
  });
  const [wanted, setWanted] = useState<{ section: number } | null>(null);
  const [orphans, setOrphans] = useState<number[]>([]);
  useTitle(t('seatsOf', { event: event.title }));

  const takeSeats = () => {
    setOrphans([]);
    const seats = selection.chosen.map(({ id, typeId }) => ({ seatId: id, ticketTypeId: typeId }));
    hold.mutate({ seats, seatMapId: map.id });
  };
  const askAndTakeSeats = () => {
    const left = orphansLeft(model, availability?.seats ?? null, selection.seats);
    if (left.length > 0) setOrphans(left);
    else takeSeats();
  };
  const onToggle = (seat: number) => {
    hold.reset();
    selection.toggle(seat);
  };
  const shown = { event, model, availability, selection, zone, wanted, onToggle };
  return (
    <div className="flex flex-col lg:grid lg:h-[calc(100dvh-4rem-1px)] lg:grid-cols-[minmax(0,1fr)_25rem]">
      <section
        aria-label={t('view')}
        className="relative flex h-[62dvh] min-h-80 flex-col border-b border-line lg:h-auto lg:border-b-0 lg:border-e"
      >
        {kind === 'map' && <SeatMap key={map.id} {...shown} />}
        <SeatsToolbar
          model={model}
          kind={kind}
          onKind={(next) => {
            rememberKind(event.id, next);
            setWanted(null);
            setKind(next);
          }}
          onSection={(section) => setWanted({ section })}
        />
        {kind === 'list' && <SeatList key={map.id} {...shown} />}
      </section>

      <div className="flex min-h-0 flex-col">
        <div className="flex-1 space-y-6 overflow-y-auto p-4 sm:p-6">
          <header>
            <Link
              to={paths.event}
              params={{ slug }}
              className="-ms-2 inline-flex min-h-11 items-center gap-1 rounded-full px-2 font-medium text-muted hover:text-ink"
            >
              <Icon name="left" size={18} />
              {t('back')}
            </Link>
            <h1 tabIndex={-1} className="text-2xl font-bold tracking-tight">
              {event.title}
            </h1>
            <p className="text-muted">
              <When at={event.startsAt} timeZone={event.timeZone} /> · {event.venue.name}
            </p>
          </header>
          <HeldNotice eventId={event.id} />
          {hold.isError && (
            <Notice tone="bad" live>
              {refusalText(hold.error)}
            </Notice>
          )}
          <SeatLegend
            model={model}
            availability={availability}
            zone={zone}
            onZone={(next) => {
              rememberZone(event.id, next === null ? null : (model.zones[next]?.key ?? null));
              setZone(next);
            }}
          />
          <BestAvailable
            event={event}
            model={model}
            zone={zone}
            availability={availability}
            busy={hold.isPending}
            onFind={(best) => hold.mutate({ ...best, seatMapId: map.id })}
          />
        </div>
        <SeatTray
          event={event}
          model={model}
          selection={selection}
          busy={hold.isPending}
          onContinue={askAndTakeSeats}
        />
      </div>
      {orphans.length > 0 && (
        <OrphanDialog {...{ model, orphans }} onBack={() => setOrphans([])} onContinue={takeSeats} />
      )}
      <p aria-live="polite" className="sr-only">
        {selection.said}
      </p>
    </div>
  );
}

/** The current seat map: the loaded one, until the availability names another and that one has loaded. */
function useNewerMap(slug: string, known: SeatMapData, inForce: SeatMapId | undefined): SeatMapData {
  const newer = inForce !== undefined && inForce !== known.id ? inForce : undefined;
  const query = seatMapQuery(slug, newer);
  const { data } = useQuery(newer ? query : { ...query, queryFn: skipToken });
  return (newer && data) || known;
}
