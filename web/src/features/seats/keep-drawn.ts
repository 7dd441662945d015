import { watchTheme } from './seat-palette.ts';

/** What moves the view of a canvas. */
interface Camera {
  /** One step of a flight. True if another one follows. */
  step(nowMs: number): boolean;
  resize(size: { width: number; height: number }): void;
  subscribe(listener: () => void): () => void;
}

interface Drawing {
  /** Draws the picture, after the camera's step. True if another frame follows by itself. */
  paint(nowMs: number): boolean;
  /** Drops what was read from the theme. */
  forgetTheme(): void;
}

/** Maximum number of pixels to draw, whatever the display has: about one and a half full HD screens. */
const mostPixels = 3_000_000;

/**
 * Draws a canvas after a change of its size, its camera or the theme, at most once per frame. `request` asks for a frame after any
 * other change.
 */
export function keepDrawn(
  element: HTMLCanvasElement,
  camera: Camera,
  { paint, forgetTheme }: Drawing,
): { request(): void; stop(): void } {
  let frame = 0;
  const draw = (nowMs: number) => {
    frame = 0;
    const isFlying = camera.step(nowMs);
    const goesOn = paint(nowMs);
    if (isFlying || goesOn) request();
  };
  const request = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const repaint = () => {
    forgetTheme();
    request();
  };
  const resize = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0 || height === 0) return;
    const ratio = Math.min(devicePixelRatio, 2, Math.sqrt(mostPixels / (width * height)));
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    camera.resize({ width, height });
    // Draws in this same frame, because a resized canvas is empty until it is drawn.
    cancelAnimationFrame(frame);
    draw(Number(document.timeline.currentTime));
  });
  resize.observe(element);
  const stops = [camera.subscribe(request), watchTheme(repaint)];
  void document.fonts?.ready.then(repaint);
  return {
    request,
    stop() {
      resize.disconnect();
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
    },
  };
}
