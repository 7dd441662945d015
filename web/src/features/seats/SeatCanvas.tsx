import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { formatMoney } from '../../ui/Money.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { keepDrawn } from './keep-drawn.ts';
import type { MapCamera } from './map-camera.ts';
import { TAPPABLE } from './seat-camera.ts';
import { createFades } from './seat-fades.ts';
import { areaAt, neighbour, rowEnd, SEAT, type SeatModel, seatAt } from './seat-model.ts';
import { createPainter } from './seat-paint.ts';
import { type Palette, readPalette } from './seat-palette.ts';
import { useGestures } from './use-gestures.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';

interface Props {
  model: SeatModel;
  availability: Snapshot | undefined;
  selected: ReadonlySet<number>;
  /** The chosen places without numbers. */
  items: Selection['items'];
  zone: number | null;
  /** The seats that the filter shows (seat-filter.ts); null for all. */
  shown?: Uint8Array | null;
  camera: MapCamera;
  onToggle: (seat: number) => void;
  onArea: (section: number) => void;
  /** Announces a seat and shows its card; null if none is pointed at. */
  onPoint: (seat: number | null, at: { x: number; y: number } | null) => void;
}

const SIGN_OF_A_SEAT = 6;

/** The map itself: its drawing, and its reactions to pointer and keyboard. */
export function SeatCanvas(props: Props) {
  const { model, selected, camera, shown = null, onToggle, onArea, onPoint } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  useDrawing(canvas, { ...props, cursor });

  const seatUnder = ({ x, y }: Point): number | null => {
    const { scale, x: left, y: top } = camera.camera;
    return seatAt(model, (x - left) / scale, (y - top) / scale, Math.max(SEAT * 0.6, 7 / scale));
  };
  /** When zoomed out a tap means a section, when zoomed in a seat. A standing area is one place at any distance. */
  const tap = (point: Point) => {
    const area = seatUnder(point) === null ? areaUnder(model, camera, point) : null;
    if (area !== null) return onArea(area);
    if (camera.camera.scale * SEAT >= TAPPABLE) {
      const seat = seatUnder(point);
      if (seat !== null) onToggle(seat);
      return;
    }
    const section = sectionUnder(model, camera, point);
    if (section === null) camera.zoomStep(2);
    else camera.showSection(section);
  };
  const gestures = useGestures(canvas, camera, tap);

  const moveTo = (seat: number) => {
    setCursor(seat);
    camera.showSeat(seat);
    onPoint(seat, null);
  };
  const onKey = (event: KeyboardEvent) => {
    const { key } = event;
    const first = () =>
      shown
        ? Math.max(shown.indexOf(1), 0)
        : ([...selected][0] ?? (camera.whole ? 0 : nearestToMiddle(model, camera)));
    if (key.startsWith('Arrow')) moveTo(cursor === null ? first() : neighbour(model, cursor, key, shown));
    else if (key === 'Home' || key === 'End') moveTo(rowEnd(model, cursor ?? first(), key, shown));
    else if ((key === 'Enter' || key === ' ') && cursor !== null) onToggle(cursor);
    else if (key === '+' || key === '=') camera.zoomStep(1.5);
    else if (key === '-') camera.zoomStep(1 / 1.5);
    else if (key === '0') camera.showAll();
    else return;
    event.preventDefault();
  };
  const point = (event: PointerEvent) => {
    if (gestures.onPointerMove(event) || event.pointerType === 'touch') return;
    const at = { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY };
    onPoint(camera.camera.scale * SEAT >= SIGN_OF_A_SEAT ? seatUnder(at) : null, at);
  };
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the canvas is a widget with keys of its own
    <canvas
      ref={canvas}
      tabIndex={0}
      role="application"
      aria-label={t('mapLabel')}
      // Always left to right, whatever the page's direction, because a room has no reading direction.
      dir="ltr"
      className="block size-full touch-none cursor-grab select-none active:cursor-grabbing focus-visible:-outline-offset-4"
      onKeyDown={onKey}
      onBlur={() => {
        setCursor(null);
        onPoint(null, null);
      }}
      {...gestures}
      onPointerMove={point}
      onPointerLeave={() => onPoint(null, null)}
    />
  );
}

interface Point {
  x: number;
  y: number;
}

const areaUnder = (model: SeatModel, { camera: { scale, x, y } }: MapCamera, point: Point): number | null =>
  areaAt(model, (point.x - x) / scale, (point.y - y) / scale)?.section ?? null;

function sectionUnder(model: SeatModel, { camera: { scale, x, y } }: MapCamera, point: Point): number | null {
  // Within the reach of a fingertip.
  const seat = seatAt(model, (point.x - x) / scale, (point.y - y) / scale, 24 / scale);
  return seat === null ? null : (model.rows[model.row[seat] ?? 0]?.section ?? null);
}

function nearestToMiddle(model: SeatModel, { view, size }: MapCamera): number {
  const reach = Math.hypot(size.width, size.height) / 2 / view.scale;
  return seatAt(model, view.x, view.y, reach) ?? 0;
}

/** By area: the prices, and how many of its places are chosen. */
function areaTexts({ areas }: SeatModel, items: Selection['items']): string[] {
  return areas.map(({ types }) => {
    const chosen = items.reduce((sum, { type, quantity }) => sum + (types.includes(type) ? quantity : 0), 0);
    const prices = [...new Set(types.map((type) => formatMoney(type.price)))].join(' / ');
    return chosen > 0 ? `${prices} · ${chosen} ✓` : prices;
  });
}

/** Draws after a change of the camera, the theme or anything else visible, at most once per frame. */
function useDrawing(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  scene: Props & { cursor: number | null },
): void {
  const latest = useRef(scene);
  latest.current = scene;
  const request = useRef(() => {});
  const { camera, model } = scene;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const paint = createPainter(element);
    const fades = createFades();
    let palette: Palette | null = null;
    const drawing = keepDrawn(element, camera, {
      paint(nowMs) {
        const { availability, selected, items, zone, shown = null, cursor } = latest.current;
        const seats = availability?.seats ?? null;
        const fading = fades.step(seats, nowMs);
        palette ??= readPalette(element, model);
        const areaLines = areaTexts(model, items);
        const drawn = {
          model,
          seats,
          selected,
          zone,
          shown,
          cursor,
          fading,
          areaLines,
          marked: true,
          stageLabel: t('stage'),
        };
        paint(drawn, camera.camera, palette, camera.size);
        return fading.size > 0;
      },
      forgetTheme() {
        palette = null;
      },
    });
    request.current = drawing.request;
    return drawing.stop;
  }, [canvas, camera, model]);

  // Anything may have changed, and one frame is cheap.
  useEffect(() => request.current());
}
