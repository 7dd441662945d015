import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { Snapshot } from './availability.ts';
import { neighbour, SEAT, type SeatModel, seatAt } from './seat-model.ts';
import { type Camera, type Palette, paint } from './seat-paint.ts';
import { t } from './words.ts';

interface Props {
  model: SeatModel;
  availability: Snapshot | undefined;
  selected: ReadonlySet<number>;
  zone: number | null;
  onToggle: (seat: number) => void;
  /** Says a seat aloud and shows its card; null when none is pointed at. */
  onPoint: (seat: number | null, at: { x: number; y: number } | null) => void;
}

/** A tap on a seat smaller than this many pixels zooms in: nobody could have meant just that one. */
const TAPPABLE = 11;

export function SeatCanvas({ model, availability, selected, zone, onToggle, onPoint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>({ scale: 1, x: 0, y: 0 });
  const fitted = useRef(1);
  const [cursor, setCursor] = useState<number | null>(null);
  const scene = { model, availability, selected, zone, cursor, stageLabel: t('stage') };
  const latest = useRef(scene);
  latest.current = scene;
  const palette = useRef<Palette>(null);
  const frame = useRef(0);

  const draw = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      palette.current ??= readPalette(element);
      paint(
        context,
        latest.current,
        camera.current,
        palette.current,
        element.clientWidth,
        element.clientHeight,
      );
    });
  }, []);

  const showAll = useCallback(() => {
    const element = canvas.current;
    if (!element) return;
    camera.current = fitTo(model, element.clientWidth, element.clientHeight);
    fitted.current = camera.current.scale;
    draw();
  }, [model, draw]);

  const zoomAt = useCallback(
    (factor: number, px: number, py: number) => {
      const { scale, x, y } = camera.current;
      const next = Math.min(Math.max(scale * factor, fitted.current * 0.8), 6);
      camera.current = { scale: next, x: px - ((px - x) / scale) * next, y: py - ((py - y) / scale) * next };
      draw();
    },
    [draw],
  );

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const resize = new ResizeObserver(() => {
      const ratio = Math.min(devicePixelRatio, 2);
      element.width = Math.round(element.clientWidth * ratio);
      element.height = Math.round(element.clientHeight * ratio);
      showAll();
    });
    resize.observe(element);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0022)), event.offsetX, event.offsetY);
    };
    // React listens passively; the page must not scroll while the map zooms.
    element.addEventListener('wheel', wheel, { passive: false });
    const repaint = () => {
      palette.current = null;
      draw();
    };
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', repaint);
    const theme = new MutationObserver(repaint);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    void document.fonts?.ready.then(repaint);
    return () => {
      resize.disconnect();
      element.removeEventListener('wheel', wheel);
      dark.removeEventListener('change', repaint);
      theme.disconnect();
      cancelAnimationFrame(frame.current);
    };
  }, [showAll, zoomAt, draw]);

  // Everything that is drawn has changed, or might have: one frame is cheap.
  useEffect(draw);

  const gesture = usePointers(camera, draw, zoomAt);
  const seatUnder = (event: PointerEvent): number | null => {
    const { scale, x, y } = camera.current;
    const { offsetX, offsetY } = event.nativeEvent;
    return seatAt(model, (offsetX - x) / scale, (offsetY - y) / scale, Math.max(SEAT * 0.6, 7 / scale));
  };
  const tap = (event: PointerEvent) => {
    const { offsetX, offsetY } = event.nativeEvent;
    if (camera.current.scale * SEAT < TAPPABLE)
      return zoomAt((TAPPABLE * 1.8) / (camera.current.scale * SEAT), offsetX, offsetY);
    const seat = seatUnder(event);
    if (seat !== null) onToggle(seat);
  };
  const moveTo = (seat: number) => {
    setCursor(seat);
    bringIntoView(model, seat, camera.current, canvas.current);
    onPoint(seat, null);
  };
  const onKey = (event: React.KeyboardEvent) => {
    const from = cursor ?? [...selected][0] ?? 0;
    if (event.key.startsWith('Arrow')) moveTo(cursor === null ? from : neighbour(model, from, event.key));
    else if ((event.key === 'Enter' || event.key === ' ') && cursor !== null) onToggle(cursor);
    else if (event.key === '+' || event.key === '=') zoomCentre(1.5);
    else if (event.key === '-') zoomCentre(1 / 1.5);
    else return;
    event.preventDefault();
  };
  const zoomCentre = (factor: number) =>
    zoomAt(factor, (canvas.current?.clientWidth ?? 0) / 2, (canvas.current?.clientHeight ?? 0) / 2);

  return (
    <div className="relative size-full overflow-hidden bg-sunken">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the canvas is a widget with keys of its own */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={t('mapLabel')}
        className="block size-full touch-none cursor-grab select-none active:cursor-grabbing focus-visible:-outline-offset-4"
        onKeyDown={onKey}
        onBlur={() => {
          setCursor(null);
          onPoint(null, null);
        }}
        onPointerDown={gesture.down}
        onPointerMove={(event) => {
          if (gesture.move(event) || event.pointerType === 'touch') return;
          const seat = camera.current.scale * SEAT >= 6 ? seatUnder(event) : null;
          onPoint(seat, { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
        }}
        onPointerUp={(event) => {
          if (gesture.up(event)) tap(event);
        }}
        onPointerCancel={gesture.up}
        onPointerLeave={() => onPoint(null, null)}
      />
      <div className="absolute right-3 top-3 flex flex-col overflow-hidden rounded-field border border-line bg-raised shadow-lift">
        <MapButton label={t('zoomIn')} icon="plus" onClick={() => zoomCentre(1.6)} />
        <MapButton label={t('zoomOut')} icon="minus" onClick={() => zoomCentre(1 / 1.6)} />
        <MapButton label={t('fit')} icon="house" onClick={showAll} />
      </div>
    </div>
  );
}

function MapButton({
  label,
  icon,
  onClick,
}: {
  label: string;
  icon: 'plus' | 'minus' | 'house';
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-11 place-items-center hover:bg-sunken"
    >
      <Icon name={icon} size={18} />
    </button>
  );
}

/** One pointer drags, two pinch. `move` says whether it did, `up` whether it was a tap. */
function usePointers(
  camera: { current: Camera },
  draw: () => void,
  zoomAt: (factor: number, x: number, y: number) => void,
) {
  const points = useRef(new Map<number, { x: number; y: number }>());
  const travelled = useRef(0);
  return {
    down: (event: PointerEvent) => {
      if (points.current.size === 0) travelled.current = 0;
      points.current.set(event.pointerId, { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
      (event.target as Element).setPointerCapture(event.pointerId);
    },
    move: (event: PointerEvent): boolean => {
      const before = points.current.get(event.pointerId);
      if (!before) return false;
      const now = { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY };
      const other = [...points.current].find(([id]) => id !== event.pointerId)?.[1];
      travelled.current += Math.hypot(now.x - before.x, now.y - before.y);
      if (other) {
        const factor =
          Math.hypot(now.x - other.x, now.y - other.y) /
          Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        zoomAt(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
        travelled.current = 100;
      }
      if (travelled.current > 6) {
        const share = other ? 0.5 : 1;
        camera.current.x += (now.x - before.x) * share;
        camera.current.y += (now.y - before.y) * share;
        draw();
      }
      points.current.set(event.pointerId, now);
      return travelled.current > 6;
    },
    up: (event: PointerEvent): boolean => {
      const known = points.current.delete(event.pointerId);
      return known && points.current.size === 0 && travelled.current <= 6 && event.type === 'pointerup';
    },
  };
}

function fitTo(model: SeatModel, width: number, height: number): Camera {
  const { left, top, right, bottom } = model.bounds;
  const margin = 20;
  const scale = Math.min(
    (width - 2 * margin) / (right - left || 1),
    (height - 2 * margin) / (bottom - top || 1),
    4,
  );
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
}

/** Moves and, where seats are too small to tell apart, zooms the map so that the seat can be seen. */
function bringIntoView(
  model: SeatModel,
  seat: number,
  camera: Camera,
  element: HTMLCanvasElement | null,
): void {
  if (!element) return;
  if (camera.scale * SEAT < TAPPABLE) camera.scale = (TAPPABLE * 1.5) / SEAT;
  const x = (model.x[seat] ?? 0) * camera.scale + camera.x;
  const y = (model.y[seat] ?? 0) * camera.scale + camera.y;
  const margin = 60;
  if (x < margin || x > element.clientWidth - margin) camera.x += element.clientWidth / 2 - x;
  if (y < margin || y > element.clientHeight - margin) camera.y += element.clientHeight / 2 - y;
}

/** A custom property that holds light-dark() can't be read as it is: a probe resolves it. */
function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement('span');
  element.parentElement?.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(--color-${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: read('paper'),
    sunken: read('sunken'),
    line: read('line-strong'),
    ink: read('ink'),
    muted: read('muted'),
    free: read('seat-free'),
    taken: read('seat-taken'),
    selected: read('seat-selected'),
    onSelected: read('on-accent'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}
