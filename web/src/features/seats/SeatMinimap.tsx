import { type PointerEvent, useEffect, useRef } from 'react';
import type { MapCamera } from './map-camera.ts';
import { fitTo, type Size } from './seat-camera.ts';
import type { SeatModel } from './seat-model.ts';
import { createPainter } from './seat-paint.ts';
import { readPalette, watchTheme } from './seat-palette.ts';

interface Props {
  model: SeatModel;
  seats: Uint8Array | null;
  zone: number | null;
  camera: MapCamera;
}

const WIDTH = 132;
const none: ReadonlySet<number> = new Set();
const nothing: ReadonlyMap<number, number> = new Map();

/** The whole room in small, and where in it one is looking. For pointers: the keyboard has sections and seats. */
export function SeatMinimap({ model, seats, zone, camera }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { left, top, right, bottom } = model.bounds;
  const height = Math.round(Math.min(Math.max((WIDTH * (bottom - top)) / (right - left || 1), 60), 150));
  const scene = useRef({ seats, zone });
  scene.current = { seats, zone };
  const paintWhole = useRef(() => {});

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const ratio = Math.min(devicePixelRatio, 2);
    element.width = WIDTH * ratio;
    element.height = height * ratio;
    const paint = createPainter(element);
    paintWhole.current = () => {
      const drawn = {
        model,
        ...scene.current,
        selected: none,
        cursor: null,
        fading: nothing,
        stageLabel: '',
      };
      const size = { width: WIDTH, height };
      paint(drawn, wholeIn(model, size), readPalette(element), size);
    };
    return watchTheme(() => paintWhole.current());
  }, [model, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: painted anew when one of these has changed
  useEffect(() => paintWhole.current(), [seats, zone, model, height]);

  useEffect(() => {
    const follow = () => {
      const small = wholeIn(model, { width: WIDTH, height });
      const { camera: large, size } = camera;
      const style = frame.current?.style;
      if (!style || size.width === 0) return;
      const share = small.scale / large.scale;
      style.width = `${size.width * share}px`;
      style.height = `${size.height * share}px`;
      style.transform = `translate(${small.x - large.x * share}px, ${small.y - large.y * share}px)`;
    };
    follow();
    return camera.subscribe(follow);
  }, [model, camera, height]);

  const goTo = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y, scale } = wholeIn(model, { width: WIDTH, height });
    const box = event.currentTarget.getBoundingClientRect();
    camera.centre((event.clientX - box.left - x) / scale, (event.clientY - box.top - y) / scale);
  };
  return (
    <div
      aria-hidden="true"
      dir="ltr"
      onPointerDown={goTo}
      onPointerMove={goTo}
      className="absolute bottom-3 right-3 touch-none cursor-crosshair overflow-hidden rounded-field border border-line-strong bg-sunken shadow-lift"
      style={{ width: WIDTH, height }}
    >
      <canvas ref={canvas} className="block size-full" />
      <div
        ref={frame}
        className="pointer-events-none absolute left-0 top-0 rounded-sm border-2 border-accent bg-accent/15"
      />
    </div>
  );
}

const wholeIn = (model: SeatModel, size: Size) => fitTo(model.bounds, size, 4, 5);
