import type { PlanObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { compilePlan } from './compile-plan.ts';
import { cornersOf } from './outlines.ts';

/**
 * Writes a plan as an SVG drawing. Seats are circles whose ids are their keys. `data-section`, `data-row`, `data-seat` and
 * `data-zone` say what svg-in.ts reads again; any other program shows the drawing.
 */
export function planToSvg(plan: SeatPlanDocument): string {
  const { layout } = compilePlan(plan);
  const colors = new Map(plan.zones.map(({ key, color }) => [key, color]));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${plan.width} ${plan.height}" width="${plan.width}" height="${plan.height}" font-family="sans-serif" data-admit-plan="1">`,
    ...plan.zones.map(
      ({ key, name, color }) =>
        `<desc data-zone="${escaped(key)}" data-name="${escaped(name)}" data-color="${color}"/>`,
    ),
    ...plan.objects.flatMap(shapesOf),
  ];
  for (const { key, name, rows, outline, pool } of layout.sections) {
    lines.push(
      `<g id="section-${escaped(key)}" data-section="${escaped(key)}" data-name="${escaped(name)}">`,
    );
    if (outline)
      lines.push(
        `<polygon data-area="${escaped(pool ?? '')}" points="${outline.map((point) => point.join(',')).join(' ')}" fill="#e5e7eb" stroke="#9ca3af"/>`,
      );
    for (const row of rows) {
      lines.push(`<g data-row="${escaped(row.label)}">`);
      const color = colors.get(row.zone) ?? '#6b7280';
      for (const [i, label] of row.labels.entries())
        lines.push(
          `<circle id="${escaped(row.keys?.[i] ?? '')}" cx="${row.x[i]}" cy="${row.y[i]}" r="5" fill="${color}" data-seat="${escaped(label)}" data-zone="${escaped(row.zone)}"/>`,
        );
      lines.push('</g>');
    }
    lines.push('</g>');
  }
  lines.push('</svg>');
  return `${lines.join('\n')}\n`;
}

function shapesOf(object: PlanObject): string[] {
  if (object.kind === 'stage' || object.kind === 'shape' || object.kind === 'table') {
    const points = cornersOf(object)
      .map(([x, y]) => `${round(x)},${round(y)}`)
      .join(' ');
    const fill = object.kind === 'shape' ? object.fill : object.kind === 'stage' ? '#d1d5db' : '#f3f4f6';
    const { label } = object;
    const kind = object.kind === 'stage' ? 'stage' : 'shape';
    return [
      `<polygon data-${kind}="${escaped(object.kind === 'table' ? '' : label)}" points="${points}" fill="${fill}"/>`,
      // The text of a shape is a part of the shape. svg-in.ts leaves it out.
      ...(label
        ? [
            `<text data-label="1" x="${round(object.x)}" y="${round(object.y)}" font-size="14" text-anchor="middle">${escaped(label)}</text>`,
          ]
        : []),
    ];
  }
  if (object.kind !== 'text') return [];
  const turned = object.rotation
    ? ` transform="rotate(${object.rotation} ${round(object.x)} ${round(object.y)})"`
    : '';
  return [
    `<text x="${round(object.x)}" y="${round(object.y)}" font-size="${object.size}" text-anchor="middle"${turned}>${escaped(object.text)}</text>`,
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100 + 0;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? '').replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ');
