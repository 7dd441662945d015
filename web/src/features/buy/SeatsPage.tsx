import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { isFree, useAvailability } from './availability.ts';
import { BestAvailable } from './BestAvailable.tsx';
import { HeldNotice } from './HeldNotice.tsx';
import { eventQuery, seatMapQuery } from './queries.ts';
import { SeatCanvas } from './SeatCanvas.tsx';
import { SeatLegend } from './SeatLegend.tsx';
import { SeatList } from './SeatList.tsx';
import { SeatTray } from './SeatTray.tsx';
import { readSeatMap, type SeatModel, zoneOf } from './seat-model.ts';
import { refusalText, usePlaceHold } from './use-place-hold.ts';
import { seatName, useSelection } from './use-selection.ts';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/seats');

export function SeatsPage() {
  const { slug } = route.useParams();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const { data: map } = useSuspenseQuery(seatMapQuery(event.id, event.version));
  const model = useMemo(() => readSeatMap(map, event), [map, event]);
  const availability = useAvailability(event.id);
  const selection = useSelection(event, model, availability);
  const hold = usePlaceHold(event.id);
  const [view, setView] = useState<'map' | 'list'>('map');
  const [zone, setZone] = useState<number | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  useTitle(t('seatsOf', { event: event.title }));

  const takeSeats = () =>
    hold.mutate({ seats: selection.chosen.map(({ id, typeId }) => ({ seatId: id, ticketTypeId: typeId })) });
  return (
    <div className="flex flex-col lg:grid lg:h-[calc(100dvh-4rem-1px)] lg:grid-cols-[minmax(0,1fr)_25rem]">
      <section
        aria-label={t('view')}
        className="relative h-[62dvh] min-h-80 border-b border-line lg:h-auto lg:border-b-0 lg:border-r"
      >
        {view === 'map' ? (
          <>
            <SeatCanvas
              model={model}
              availability={availability}
              selected={selection.seats}
              zone={zone}
              onToggle={(seat) => {
                hold.reset();
                selection.toggle(seat);
              }}
              onPoint={(seat, at) => setPointed(seat === null ? null : { seat, at })}
            />
            <SeatCard
              model={model}
              pointed={pointed}
              free={pointed !== null && isFree(availability?.seats ?? null, pointed.seat)}
            />
          </>
        ) : (
          <SeatList model={model} availability={availability} selection={selection} zone={zone} />
        )}
        {view === 'map' && selection.seats.size === 0 && (
          <p className="pointer-events-none absolute inset-x-0 bottom-3 mx-auto w-fit rounded-full bg-ink px-4 py-2 text-sm font-medium text-paper lg:hidden">
            {t('selectionNone')}
          </p>
        )}
        <ViewSwitch view={view} onChange={setView} />
      </section>

      <div className="flex min-h-0 flex-col">
        <div className="flex-1 space-y-6 overflow-y-auto p-4 sm:p-6">
          <header>
            <Link
              to={paths.event}
              params={{ slug }}
              className="-ml-2 inline-flex min-h-11 items-center gap-1 rounded-full px-2 font-medium text-muted hover:text-ink"
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
          <SeatLegend model={model} zone={zone} onZone={setZone} />
          <BestAvailable
            event={event}
            availability={availability}
            busy={hold.isPending}
            onFind={(best) => hold.mutate(best)}
          />
        </div>
        <SeatTray
          event={event}
          model={model}
          selection={selection}
          busy={hold.isPending}
          onContinue={takeSeats}
        />
      </div>
      <p aria-live="polite" className="sr-only">
        {pointed !== null && pointed.at === null
          ? seatSpoken(model, pointed.seat, isFree(availability?.seats ?? null, pointed.seat))
          : selection.said}
      </p>
    </div>
  );
}

interface Pointed {
  seat: number;
  /** Where the pointer is on the map; null where the keyboard points. */
  at: { x: number; y: number } | null;
}

const priceOf = (model: SeatModel, seat: number): string => {
  const prices = zoneOf(model, seat).types.map((type) => formatMoney(type.price));
  return [...new Set(prices)].join(' / ');
};

const seatSpoken = (model: SeatModel, seat: number, free: boolean): string =>
  [
    seatName(model, seat),
    free ? priceOf(model, seat) : t('seatTaken'),
    model.accessible[seat] ? t('seatAccessible') : '',
  ]
    .filter(Boolean)
    .join(', ');

/** What is under the pointer: where it is and what it costs. */
function SeatCard({ model, pointed, free }: { model: SeatModel; pointed: Pointed | null; free: boolean }) {
  if (!pointed?.at) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 w-max max-w-56 -translate-x-1/2 -translate-y-[calc(100%+14px)] rounded-field bg-ink px-3 py-2 text-sm text-paper shadow-lift"
      style={{ left: Math.max(pointed.at.x, 90), top: Math.max(pointed.at.y, 80) }}
    >
      <p className="font-semibold">{seatName(model, pointed.seat)}</p>
      <p>
        {zoneOf(model, pointed.seat).name} · {free ? priceOf(model, pointed.seat) : t('seatTaken')}
        {model.accessible[pointed.seat] ? ` · ${t('seatAccessible')}` : ''}
      </p>
    </div>
  );
}

function ViewSwitch({ view, onChange }: { view: 'map' | 'list'; onChange: (view: 'map' | 'list') => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two toggle buttons, not a form's fieldset
    <div
      role="group"
      aria-label={t('view')}
      className="absolute left-3 top-3 z-10 flex rounded-full border border-line bg-raised p-1 shadow-lift"
    >
      {(['map', 'list'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={view === kind}
          onClick={() => onChange(kind)}
          className="inline-flex min-h-10 items-center gap-2 rounded-full px-4 text-sm font-semibold text-muted aria-pressed:bg-ink aria-pressed:text-paper"
        >
          <Icon name={kind === 'map' ? 'chair' : 'list'} size={16} />
          {t(kind === 'map' ? 'asMap' : 'asList')}
        </button>
      ))}
    </div>
  );
}
