import { skipToken, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { SeatMapId } from '../../../../contract/ids.ts';
import type { SeatMap as SeatMapData } from '../../../../contract/seating.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { useAvailability } from '../buy/availability.ts';
import { CalledOff } from '../buy/CalledOff.tsx';
import { HeldNotice } from '../buy/HeldNotice.tsx';
import { reportVisit } from '../buy/held.ts';
import { eventQuery, seatMapQuery } from '../buy/queries.ts';
import { useOwnHold } from '../buy/use-own-hold.ts';
import { usePlaceHold } from '../buy/use-place-hold.ts';
import { AreaDialog } from './AreaDialog.tsx';
import { BestAvailable } from './BestAvailable.tsx';
import { OrphanDialog } from './OrphanDialog.tsx';
import { orphansLeft } from './orphans.ts';
import { SeatLegend } from './SeatLegend.tsx';
import { SeatList } from './SeatList.tsx';
import { SeatMap, type Wanted } from './SeatMap.tsx';
import { SeatsToolbar } from './SeatsToolbar.tsx';
import { SeatTray } from './SeatTray.tsx';
import { bitsInMapOrder, readSeatMap, rowOf } from './seat-model.ts';
import { useSelection } from './use-selection.ts';
import { knownKind, knownZone, rememberKind, rememberZone } from './view-memory.ts';
import { t } from './words.ts';

/** Only needed where people wait in a queue. */
const QueueGate = lazy(() => import('../queue/load-gate.ts').then((file) => file.loadGate()));

const route = getRouteApi('/e/$slug/seats');

export function SeatsPage() {
  const { slug } = route.useParams();
  const navigate = useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const { data: known } = useSuspenseQuery(seatMapQuery(slug));
  const live = useAvailability(event.id);
  const own = useOwnHold(event.id);
  const map = useNewerMap(slug, known, live?.seatMapId);
  const model = useMemo(() => readSeatMap(map, event), [map, event]);
  const availability = useMemo(
    () => live && { ...live, seats: bitsInMapOrder(model, live.seats) },
    [live, model],
  );
  const selection = useSelection(event, model, availability, own);
  const isCalledOff = event.status === 'cancelled';
  const hold = usePlaceHold(event.id, { own });
  const [kind, setKind] = useState(() => knownKind(event.id));
  const [zone, setZone] = useState(() => {
    const known = model.zones.findIndex(({ key }) => key === knownZone(event.id));
    return known === -1 ? null : known;
  });
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [area, setArea] = useState<number | null>(null);
  const [orphans, setOrphans] = useState<number[]>([]);
  const view = useRef<HTMLElement>(null);
  useEffect(() => {
    void reportVisit(event.id, 'click');
  }, [event.id]);
  useTitle(t('seatsOf', { event: event.title }));

  const takePlaces = () => {
    setOrphans([]);
    if (own.movable && !selection.isChanged)
      return void navigate({ to: paths.checkout, params: { holdId: own.movable.id } });
    const seats = selection.chosen.map(({ id, typeId }) => ({ seatId: id, ticketTypeId: typeId }));
    if (selection.items.some(({ type }) => selection.isWrong(type))) return;
    const items = selection.items.map(({ type, ...item }) => ({ ticketTypeId: type.id, ...item }));
    hold.mutate({
      ...(seats.length > 0 && { seats, seatMapId: map.id }),
      ...(items.length > 0 && { items }),
    });
  };
  const askAndTakePlaces = () => {
    const left = orphansLeft(model, selection.freeSeats, selection.seats);
    if (left.length > 0) setOrphans(left);
    else takePlaces();
  };
  const onToggle = (seat: number) => {
    hold.reset();
    selection.toggle(seat);
  };
  const onItems = (typeId: string, quantity: number) => {
    hold.reset();
    selection.setItems(typeId, quantity);
  };
  const showSeats = (seats: number[]) => {
    hold.reset();
    selection.replaceSeats(seats);
    setWanted({ section: rowOf(model, seats[0] ?? 0).section, seats });
    // On a phone the map is above the button.
    view.current?.scrollIntoView({ block: 'nearest' });
  };
  const shown = { event, model, availability, selection, zone, wanted, onToggle, onItems, onArea: setArea };
  return (
    <div className="flex flex-col lg:grid lg:h-[calc(100dvh-4rem-1px)] lg:grid-cols-[minmax(0,1fr)_25rem]">
      <section
        ref={view}
        aria-label={t('view')}
        className="relative flex h-[62dvh] min-h-80 scroll-mt-16 flex-col border-b border-line lg:h-auto lg:border-b-0 lg:border-e"
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
          onSection={(section) =>
            kind === 'map' && model.areas.some((each) => each.section === section)
              ? setArea(section)
              : setWanted({ section })
          }
        />
        {kind === 'list' && <SeatList key={map.id} {...shown} />}
      </section>

      <div className="flex min-h-0 flex-col">
        <div className="flex-1 space-y-6 overflow-y-auto p-4 sm:p-6">
          <header>
            <Link to={paths.event} params={{ slug }} className={backLink}>
              <Icon name="left" size={18} />
              {t('back')}
            </Link>
            <h1 tabIndex={-1} className="text-2xl font-bold tracking-tight">
              {event.title}
            </h1>
            <p className="text-muted">
              <When at={event.startsAt} timeZone={event.timeZone} />
              {event.venue.name && ` · ${event.venue.name}`}
            </p>
          </header>
          {!isCalledOff && event.waitingRoom.mode !== 'off' && !own.hold && (
            <Suspense>
              <QueueGate event={event} />
            </Suspense>
          )}
          {isCalledOff ? <CalledOff event={event} /> : <HeldNotice own={own} />}
          {hold.refusal && (
            <Notice tone="bad" live>
              {hold.refusal}
            </Notice>
          )}
          <SeatLegend
            event={event}
            model={model}
            availability={availability}
            selection={selection}
            zone={zone}
            onItems={onItems}
            onZone={(next) => {
              rememberZone(event.id, next === null ? null : (model.zones[next]?.key ?? null));
              setZone(next);
            }}
          />
          {!isCalledOff && (
            <BestAvailable
              event={event}
              model={model}
              zone={zone}
              availability={availability}
              selection={selection}
              onShow={showSeats}
            />
          )}
        </div>
        {!isCalledOff && (
          <SeatTray
            event={event}
            model={model}
            availability={availability}
            selection={selection}
            busy={hold.isPending}
            onItems={onItems}
            onContinue={askAndTakePlaces}
          />
        )}
      </div>
      {orphans.length > 0 && (
        <OrphanDialog {...{ model, orphans }} onBack={() => setOrphans([])} onContinue={takePlaces} />
      )}
      {area !== null && (
        <AreaDialog
          {...{ event, model, availability, selection, onItems }}
          section={area}
          onClose={() => setArea(null)}
        />
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
