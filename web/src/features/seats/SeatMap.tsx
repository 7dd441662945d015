import { useEffect, useMemo, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { Icon } from '../../ui/Icon.tsx';
import { isFree, type Snapshot } from '../buy/availability.ts';
import { createMapCamera, type MapCamera } from './map-camera.ts';
import { SeatCanvas } from './SeatCanvas.tsx';
import { SeatMinimap } from './SeatMinimap.tsx';
import { TAPPABLE } from './seat-camera.ts';
import { SEAT, type SeatModel, zoneOf } from './seat-model.ts';
import { seatName, seatPrice, seatSigns } from './seat-names.ts';
import type { Selection } from './use-selection.ts';
import { knownView, rememberView } from './view-memory.ts';
import { t } from './words.ts';

/** A place in the room to look at. Each request is a new object, so that the same place can be requested again. */
export interface Wanted {
  section: number;
  /** If given, exactly these seats. */
  seats?: number[];
}

interface Props {
  event: Event;
  model: SeatModel;
  availability: Snapshot | undefined;
  selection: Selection;
  zone: number | null;
  /** The seats that the filter shows; null for all. */
  shown?: Uint8Array | null;
  wanted: Wanted | null;
  onToggle: (seat: number) => void;
  /** A standing area was tapped. */
  onArea: (section: number) => void;
  /** Somebody points at a seat, with a pointer or the keyboard. */
  onLook?: (seat: number) => void;
}

/** A smaller room needs no minimap. */
const LARGE = 1500;

/** The map with everything on top of it. */
export function SeatMap(props: Props) {
  const {
    event,
    model,
    availability,
    selection,
    zone,
    shown = null,
    wanted,
    onToggle,
    onArea,
    onLook,
  } = props;
  const camera = useMemo(() => createMapCamera(model, knownView(event.id)), [model, event.id]);
  const isWhole = useWhole(camera, event.id);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  useEffect(() => {
    if (wanted?.seats) camera.showSeats(wanted.seats);
    else if (wanted) camera.showSection(wanted.section);
  }, [camera, wanted]);
  const seats = availability?.seats ?? null;
  const free = pointed !== null && isFree(selection.freeSeats, pointed.seat);
  return (
    <div className="relative size-full overflow-hidden bg-sunken">
      <SeatCanvas
        {...{ model, availability, zone, shown, camera, onToggle, onArea }}
        selected={selection.mine}
        items={selection.items}
        onPoint={(seat, at) => {
          setPointed(seat === null ? null : { seat, at });
          if (seat !== null) onLook?.(seat);
        }}
      />
      <SeatCard
        {...{ model, pointed, free }}
        mine={pointed !== null && selection.mine.has(pointed.seat)}
        width={camera.size.width}
      />
      <p aria-live="polite" className="sr-only">
        {pointed !== null &&
          pointed.at === null &&
          seatSpoken(model, pointed.seat, { free, mine: selection.mine.has(pointed.seat) })}
      </p>
      {isWhole && selection.canChoose && selection.places === 0 && (
        <p className="pointer-events-none absolute inset-x-3 bottom-3 mx-auto w-fit rounded-full bg-ink px-4 py-2 text-center text-sm font-medium text-paper">
          {t(camera.camera.scale * SEAT < TAPPABLE ? 'tapSection' : 'selectionNone')}
        </p>
      )}
      {!isWhole && model.count >= LARGE && <SeatMinimap {...{ model, seats, zone, shown, camera }} />}
      <div className="absolute end-3 top-3 flex flex-col overflow-hidden rounded-field border border-line bg-raised shadow-lift">
        <MapButton label={t('zoomIn')} icon="plus" onClick={() => camera.zoomStep(1.6)} />
        <MapButton label={t('zoomOut')} icon="minus" onClick={() => camera.zoomStep(1 / 1.6)} />
        <MapButton label={t('fit')} icon="whole" onClick={camera.showAll} />
      </div>
    </div>
  );
}

/** True if everything is visible. It also stores each view at which somebody stays. */
function useWhole(camera: MapCamera, eventId: string): boolean {
  const [isWhole, setIsWhole] = useState(camera.whole);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const remember = () => rememberView(eventId, camera.whole ? null : camera.view);
    const stop = camera.subscribe(() => {
      setIsWhole(camera.whole);
      clearTimeout(timer);
      timer = setTimeout(remember, 300);
    });
    addEventListener('pagehide', remember);
    return () => {
      stop();
      clearTimeout(timer);
      removeEventListener('pagehide', remember);
      if (camera.size.width > 0) remember();
    };
  }, [camera, eventId]);
  return isWhole;
}

interface Pointed {
  seat: number;
  /** The pointer's position on the map; null if the keyboard points. */
  at: { x: number; y: number } | null;
}

const seatSpoken = (
  model: SeatModel,
  seat: number,
  { free, mine }: { free: boolean; mine: boolean },
): string =>
  [
    seatName(model, seat),
    free ? seatPrice(model, seat) : t('seatTaken'),
    ...(mine ? [t('seatSelected')] : []),
    ...seatSigns(model, seat),
  ].join(', ');

/** The card of the seat under the pointer: its name and price. */
function SeatCard({
  model,
  pointed,
  free,
  mine,
  width,
}: {
  model: SeatModel;
  pointed: Pointed | null;
  free: boolean;
  mine: boolean;
  width: number;
}) {
  if (!pointed?.at) return null;
  const zone = zoneOf(model, pointed.seat);
  const half = 112;
  const isHigh = pointed.at.y < 110;
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute z-10 w-max max-w-56 -translate-x-1/2 rounded-field bg-ink px-3 py-2 text-sm text-paper shadow-lift ${isHigh ? 'translate-y-5' : '-translate-y-[calc(100%+14px)]'}`}
      style={{
        left: Math.min(Math.max(pointed.at.x, half), Math.max(width - half, half)),
        top: pointed.at.y,
      }}
    >
      <p className="font-semibold">{seatName(model, pointed.seat)}</p>
      <p className="flex items-center gap-2">
        <span
          className="size-3 shrink-0 rounded-full border border-paper"
          style={{ background: zone.color }}
        />
        {zone.name} · {free ? seatPrice(model, pointed.seat) : t('seatTaken')}
        {mine && ` · ${t('seatSelected')}`}
      </p>
      {seatSigns(model, pointed.seat).map((sign) => (
        <p key={sign}>{sign}</p>
      ))}
    </div>
  );
}

interface ButtonProps {
  label: string;
  icon: 'plus' | 'minus' | 'whole';
  onClick: () => void;
}

function MapButton({ label, icon, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-[44px] place-items-center hover:bg-sunken focus-visible:-outline-offset-2"
    >
      <Icon name={icon} size={18} />
    </button>
  );
}
