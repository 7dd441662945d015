import { type RefObject, useEffect, useRef } from 'react';
import { keepDrawn } from '../seats/keep-drawn.ts';
import { type Desk, useDesk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { createPlanPainter } from './plan-paint.ts';
import { type PlanPalette, readPlanPalette } from './plan-palette.ts';
import { chosenSeats, sceneOf, withTaken } from './scene.ts';
import { usePlanGestures } from './use-plan-gestures.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  /** Objects with a problem. */
  marked: ReadonlySet<string>;
  picture: HTMLImageElement | null;
  /** The keys of seats that somebody has. */
  taken: ReadonlySet<string>;
}

/** The drawing. Its keys are those of the whole designer (use-shortcuts.ts). */
export function PlanCanvas({ desk, camera, marked, picture, taken }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const tool = useDesk(desk, (state) => state.tool);
  const gestures = usePlanGestures(canvas, desk, camera);
  useDrawing(canvas, { desk, camera, marked, picture, taken });
  const cursor =
    tool === 'select'
      ? 'cursor-default'
      : tool === 'pan'
        ? 'cursor-grab active:cursor-grabbing'
        : 'cursor-crosshair';
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the canvas is a widget with keys of its own
    <canvas
      ref={canvas}
      tabIndex={0}
      role="application"
      aria-label={t('canvas')}
      // Always left to right, whatever the page's direction, because a room has no reading direction.
      dir="ltr"
      className={`block size-full touch-none select-none focus-visible:-outline-offset-4 ${cursor}`}
      {...gestures}
    />
  );
}

/** Draws after a change of the plan, the choice, the camera or the theme, at most once per frame. */
function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const request = useRef(() => {});
  const { desk, camera } = props;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const paint = createPlanPainter(element);
    let palette: { zones: unknown; colors: PlanPalette } | null = null;
    let seats: { scene: unknown; choice: unknown; drawn: ReturnType<typeof chosenSeats> } | null = null;
    const drawing = keepDrawn(element, camera, {
      paint() {
        const { state, gesture, document: plan } = desk;
        const scene = withTaken(sceneOf(plan), latest.current.taken);
        if (palette?.zones !== plan.zones)
          palette = { zones: plan.zones, colors: readPlanPalette(element, plan.zones) };
        if (state.seats.size === 0) seats = null;
        else if (seats?.scene !== scene || seats.choice !== state.seats)
          seats = { scene, choice: state.seats, drawn: chosenSeats(scene, state.seats, plan.zones.length) };
        const view = {
          scene,
          chosen: state.chosen,
          seats: seats?.drawn ?? null,
          gesture,
          hasGrid: state.snaps,
          picture: latest.current.picture,
          marked: latest.current.marked,
          stageLabel: t('kind.stage'),
        };
        paint(view, camera.camera, palette.colors, camera.size);
        return false;
      },
      forgetTheme() {
        palette = null;
      },
    });
    request.current = drawing.request;
    const stopFollowing = desk.subscribe(drawing.request);
    return () => {
      stopFollowing();
      drawing.stop();
    };
  }, [canvas, camera, desk]);
  // What React hands in may have changed, and one frame is cheap.
  useEffect(() => request.current());
}
