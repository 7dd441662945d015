import { useEffect, useRef } from 'react';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { fitTo } from '../seats/seat-camera.ts';
import { createPlanPainter } from './plan-paint.ts';
import { readPlanPalette } from './plan-palette.ts';
import { sceneOf } from './scene.ts';
import { t } from './words.ts';

/** A small picture of a plan; decoration if there is no label. */
export function PlanPicture({ plan, label }: { plan: SeatPlanDocument; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const scene = sceneOf(plan);
    const view = {
      scene,
      chosen: new Set<string>(),
      seats: null,
      gesture: null,
      hasGrid: false,
      picture: null,
      marked: new Set<string>(),
      stageLabel: t('kind.stage'),
    };
    const box = boundsOfAll(plan.objects) ?? scene.bounds;
    const paint = createPlanPainter(element);
    // A dialog gives it a size only when it opens.
    const resize = new ResizeObserver(() => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      if (size.width === 0 || size.height === 0) return;
      element.width = size.width * 2;
      element.height = size.height * 2;
      paint(view, fitTo(box, size, 4, 8), readPlanPalette(element, plan.zones), size);
    });
    resize.observe(element);
    return () => resize.disconnect();
  }, [plan]);
  return (
    <canvas
      ref={canvas}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      className="block aspect-4/3 w-full rounded-field bg-sunken"
    />
  );
}
