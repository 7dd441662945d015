import { type PointerEvent, useEffect, useRef } from 'react';
import type { MapCamera } from './map-camera.ts';
import { frameOn, minimapCamera, minimapSize, pointUnder } from './minimap.ts';
import type { SeatModel } from './seat-model.ts';
import { createPainter } from './seat-paint.ts';
import { readPalette, watchTheme } from './seat-palette.ts';

interface Props {
  model: SeatModel;
  seats: Uint8Array | null;
  zone: number | null;
  shown?: Uint8Array | null;
  camera: MapCamera;
}

const none: ReadonlySet<number> = new Set();
const nothing: ReadonlyMap<number, number> = new Map();

/**
 * The whole room in small, with a frame around the visible part. It is for pointers; keyboard users have sections and
 * seats.
 */
export function SeatMinimap({ model, seats, zone, shown = null, camera }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = minimapSize(model.bounds);
  const scene = useRef({ seats, zone, shown });
  scene.current = { seats, zone, shown };
  const paintWhole = useRef(() => {});

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const ratio = Math.min(devicePixelRatio, 2);
    element.width = width * ratio;
    element.height = height * ratio;
    const paint = createPainter(element);
    paintWhole.current = () => {
      const drawn = {
        model,
        ...scene.current,
        selected: none,
        cursor: null,
        fading: nothing,
        marked: false,
        areaLines: [],
        stageLabel: '',
      };
      paint(drawn, minimapCamera(model.bounds), readPalette(element, model), { width, height });
    };
    return watchTheme(() => paintWhole.current());
  }, [model, width, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: painted anew when one of these has changed
  useEffect(() => paintWhole.current(), [seats, zone, shown, model, height]);

  useEffect(() => {
    const follow = () => {
      const style = frame.current?.style;
      if (!style || camera.size.width === 0) return;
      const seen = frameOn(minimapCamera(model.bounds), camera.camera, camera.size);
      style.width = `${seen.width}px`;
      style.height = `${seen.height}px`;
      style.transform = `translate(${seen.x}px, ${seen.y}px)`;
    };
    follow();
    return camera.subscribe(follow);
  }, [model, camera]);

  const goTo = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return;
    const { x, y } = pointUnder(
      minimapCamera(model.bounds),
      event.clientX - box.left,
      event.clientY - box.top,
    );
    camera.centre(x, y);
  };
  return (
    <div
      aria-hidden="true"
      data-minimap
      dir="ltr"
      onPointerDown={goTo}
      onPointerMove={goTo}
      className="absolute bottom-3 right-3 touch-none cursor-crosshair overflow-hidden rounded-field border border-line-strong bg-sunken shadow-lift"
      style={{ width, height }}
    >
      <canvas ref={canvas} className="block size-full" />
      <div
        ref={frame}
        data-frame
        className="pointer-events-none absolute left-0 top-0 rounded-sm border-2 border-accent bg-accent/15"
      />
    </div>
  );
}
