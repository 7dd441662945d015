import { skipToken, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { SeatMapId } from '../../../../contract/ids.ts';
import type { SeatMap as SeatMapData } from '../../../../contract/seating.ts';
import { later } from '../../page.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { isFree, useAvailability } from '../buy/availability.ts';
import { CalledOff } from '../buy/CalledOff.tsx';
import { HeldNotice } from '../buy/HeldNotice.tsx';
import { knownCode, reportVisit } from '../buy/held.ts';
import { eventQuery, seatMapQuery } from '../buy/queries.ts';
import { useOwnHold } from '../buy/use-own-hold.ts';
import { usePlaceHold } from '../buy/use-place-hold.ts';
import { t as tBuy } from '../buy/words.ts';
import type { AppliedCode } from '../codes/applied-code.ts';
import type { CodeBoxProps } from '../codes/CodeBox.tsx';
import type { ChosenExtras, EventExtrasProps } from '../extras/EventExtras.tsx';
import type { QueueGateProps } from '../queue/QueueGate.tsx';
import { AreaDialog } from './AreaDialog.tsx';
import { BestAvailable } from './BestAvailable.tsx';
import { OrphanDialog } from './OrphanDialog.tsx';
import { orphansLeft } from './orphans.ts';
import { SeatFilters } from './SeatFilters.tsx';
import { SeatLegend } from './SeatLegend.tsx';
import { SeatList } from './SeatList.tsx';
import { SeatMap, type Wanted } from './SeatMap.tsx';
import { SeatsToolbar } from './SeatsToolbar.tsx';
import { SeatTray } from './SeatTray.tsx';
import { filtersIn, shownBy } from './seat-filter.ts';
import { bitsInMapOrder, readSeatMap, rowOf, type SeatModel } from './seat-model.ts';
import { hasPhotos, type Photo, photoOf } from './seat-photo.ts';
import { useSelection } from './use-selection.ts';
import {
  knownFilters,
  knownKind,
  knownZone,
  rememberFilters,
  rememberKind,
  rememberZone,
} from './view-memory.ts';
import { t } from './words.ts';

/** Only needed where people wait in a queue. */
const QueueGate = later('QueueGate') as ComponentType<QueueGateProps>;

/** Only needed by buyers with a code, and for an event with extras. */
const CodeBox = later('CodeBox') as ComponentType<CodeBoxProps>;
const EventExtras = later('EventExtras') as ComponentType<EventExtrasProps>;

/** Only needed where the organiser has photos of the view. */
const SeatPhoto = lazy(() => import('./SeatPhoto.tsx').then((file) => ({ default: file.SeatPhoto })));

const route = getRouteApi('/e/$slug/seats');

export function SeatsPage() {
  const { slug } = route.useParams();
  const navigate = useNavigate();
  const { data: asSold } = useSuspenseQuery(eventQuery(slug));
  const { code, extras, event, ...beside } = useBeside(asSold);
  const { data: known } = useSuspenseQuery(seatMapQuery(slug));
  const { own } = beside;
  const live = useAvailability(event.id);
  const map = useNewerMap(slug, known, live?.seatMapId);
  const model = useMemo(() => readSeatMap(map, event), [map, event]);
  const availability = useMemo(
    () => live && { ...(code?.fill(live) ?? live), seats: bitsInMapOrder(model, live.seats) },
    [live, model, code],
  );
  const selection = useSelection(event, model, availability, own);
  const isCalledOff = event.status === 'cancelled';
  const hold = usePlaceHold(event.id, { own });
  const [kind, setKind] = useState(() => knownKind(event.id));
  const [zone, setZone] = useState(() => {
    const known = model.zones.findIndex(({ key }) => key === knownZone(event.id));
    return known === -1 ? null : known;
  });
  const [filters, setFilters] = useState(() =>
    filtersIn(model).filter((each) => knownFilters(event.id).includes(each)),
  );
  const shown = useMemo(() => shownBy(model, filters), [model, filters]);
  const { photo, look, hide } = usePhoto(model);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [area, setArea] = useState<number | null>(null);
  const [orphans, setOrphans] = useState<number[]>([]);
  const place = useRef<HTMLElement>(null);
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
    const all = [...items, ...(extras?.items ?? [])];
    extras?.forget();
    hold.mutate({
      ...(seats.length > 0 && { seats, seatMapId: map.id }),
      ...(all.length > 0 && { items: all }),
    });
  };
  const askAndTakePlaces = () => {
    const left = orphansLeft(model, selection.freeSeats, selection.seats);
    if (left.length > 0) setOrphans(left);
    else takePlaces();
  };
  const onToggle = (seat: number) => {
    hold.reset();
    look(seat);
    selection.toggle(seat);
  };
  const onItems = (typeId: string, quantity: number) => {
    hold.reset();
    selection.setItems(typeId, quantity);
  };
  const showSeats = (seats: number[]) => {
    hold.reset();
    selection.replaceSeats(seats);
    look(seats[0] ?? 0);
    setWanted({ section: rowOf(model, seats[0] ?? 0).section, seats });
    // On a phone the map is above the button.
    place.current?.scrollIntoView({ block: 'nearest' });
  };
  const view = {
    ...{ event, model, availability, selection, zone, shown, wanted, onToggle, onItems },
    onArea: setArea,
    onLook: look,
  };
  return (
    <div className="flex flex-col lg:grid lg:h-[calc(100dvh-4rem-1px)] lg:grid-cols-[minmax(0,1fr)_25rem]">
      <section
        ref={place}
        aria-label={t('view')}
        className="relative flex h-[62dvh] min-h-80 scroll-mt-16 flex-col border-b border-line lg:h-auto lg:border-b-0 lg:border-e"
      >
        {kind === 'map' && <SeatMap key={map.id} {...view} />}
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
        {kind === 'list' && <SeatList key={map.id} {...view} />}
        {photo && (
          <Suspense>
            <SeatPhoto photo={photo} onClose={hide} />
          </Suspense>
        )}
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
              {extras?.say(hold.error) ?? hold.refusal}
            </Notice>
          )}
          <SeatFilters
            model={model}
            chosen={filters}
            count={shown && countFree(selection.freeSeats, shown)}
            onChange={(next) => {
              rememberFilters(event.id, next);
              setFilters(next);
            }}
          />
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
              filters={filters}
              availability={availability}
              selection={selection}
              onShow={showSeats}
            />
          )}
          {!isCalledOff && !own.hold && <BesideSeats event={asSold} error={hold.error} {...beside} />}
        </div>
        {!isCalledOff && (
          <SeatTray
            event={event}
            model={model}
            availability={availability}
            selection={selection}
            extrasMinor={extras?.amount ?? 0}
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

/** What belongs to the choice beside the seats: the code that lowers prices, and the extras. */
function useBeside(asSold: Event) {
  const own = useOwnHold(asSold.id);
  const [applied, onCode] = useState<AppliedCode | null>(null);
  const [extras, onExtras] = useState<ChosenExtras | null>(null);
  // A hold keeps its prices and extras, and the checkout changes them.
  const code = own.hold ? null : applied;
  const event = useMemo(() => code?.lower(asSold) ?? asSold, [code, asSold]);
  return { own, event, code, extras: own.hold ? null : extras, onCode, onExtras };
}

interface BesideProps extends Pick<ReturnType<typeof useBeside>, 'onCode' | 'onExtras'> {
  event: Event;
  /** Why the places were not held. */
  error: unknown;
}

function BesideSeats({ event, error, onCode, onExtras }: BesideProps) {
  const [isAsked, setAsked] = useState(() => knownCode(event.id) !== null);
  return (
    <>
      {event.products.length > 0 && (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <EventExtras event={event} onChange={onExtras} />
        </Suspense>
      )}
      {isAsked ? (
        <Suspense fallback={<Skeleton className="h-20" />}>
          <CodeBox event={event} error={error} onApply={onCode} />
        </Suspense>
      ) : (
        <Button look="plain" size="small" className="-ms-4" onClick={() => setAsked(true)}>
          {tBuy('haveCode')}
        </Button>
      )}
    </>
  );
}

function countFree(free: Uint8Array | null, shown: Uint8Array): number {
  return shown.reduce((sum, is, seat) => sum + (is === 1 && isFree(free, seat) ? 1 : 0), 0);
}

/** The photo of the view from the last seat that somebody pointed at, until they close it. */
function usePhoto(model: SeatModel) {
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [isHidden, setHidden] = useState(false);
  const isOffered = useMemo(() => hasPhotos(model), [model]);
  const look = (seat: number) => {
    if (!isOffered || isHidden) return;
    const next = photoOf(model, seat);
    // Moving over a map of one section must not render the page again and again.
    setPhoto((last) => (last?.id === next?.id && last?.from === next?.from ? last : next));
  };
  const hide = () => {
    setHidden(true);
    setPhoto(null);
  };
  return { photo, look, hide };
}

/** The current seat map: the loaded one, until the availability names another and that one has loaded. */
function useNewerMap(slug: string, known: SeatMapData, inForce: SeatMapId | undefined): SeatMapData {
  const newer = inForce !== undefined && inForce !== known.id ? inForce : undefined;
  const query = seatMapQuery(slug, newer);
  const { data } = useQuery(newer ? query : { ...query, queryFn: skipToken });
  return (newer && data) || known;
}
