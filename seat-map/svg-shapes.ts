import type { PlanFileNote } from './plan-file.ts';
import type { XmlElement } from './read-xml.ts';

/* What a drawing has: seats and other shapes, with their places on the page. */

export interface FoundSeat {
  id: string | undefined;
  x: number;
  y: number;
  /** Its width. */
  size: number;
  fill: string;
  label: string;
  /** Null if the drawing does not say. */
  row: string | null;
  section: string;
  sectionName: string;
  zone: string;
}

export interface FoundShape {
  kind: 'shape' | 'stage' | 'area' | 'text';
  points: [number, number][];
  fill: string;
  label: string;
  /** Of a text. */
  size: number;
  section: string;
  sectionName: string;
  pool: string;
}

type Note = (code: PlanFileNote['code'], what: string) => void;
/** a c e / b d f, as in SVG's `matrix`. */
type Matrix = readonly [number, number, number, number, number, number];

interface Around {
  matrix: Matrix;
  fill: string;
  section: string;
  sectionName: string;
  row: string | null;
}

/** The keys of sections and pools (contract/layout.ts). */
const keySchemaPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Goes through the elements of a drawing in their order. */
export function collectSvg(root: XmlElement, note: Note): { seats: FoundSeat[]; shapes: FoundShape[] } {
  const found = { seats: [] as FoundSeat[], shapes: [] as FoundShape[] };
  const rects: { element: XmlElement; around: Around }[] = [];
  const visit = (element: XmlElement, outer: Around) => {
    const around = aroundOf(element, outer);
    switch (element.name) {
      case 'svg':
      case 'g':
      case 'a':
        for (const child of element.children) visit(child, around);
        return;
      case 'circle':
      case 'ellipse':
        return addSeat(element, around, found);
      case 'rect':
        return void rects.push({ element, around });
      case 'polygon':
      case 'polyline':
        return addPolygon(element, around, found);
      case 'text':
        return addText(element, around, found);
      case 'title':
      case 'desc':
      case 'metadata':
        return;
      default:
        note('ignored_element', element.name);
    }
  };
  visit(root, { matrix: identity, fill: '', section: '', sectionName: '', row: null });
  // Squares are seats if the drawing has no circles, or if they are of a seat's size.
  const sizes = found.seats.map(({ size }) => size).sort((a, b) => a - b);
  const smallest = rects.map(({ element }) => number(element, 'width')).filter((width) => width > 0);
  const usual =
    sizes[Math.floor(sizes.length / 2)] ??
    smallest.reduce((least, width) => Math.min(least, width), Number.POSITIVE_INFINITY);
  for (const { element, around } of rects) addRect(element, around, usual, found);
  return found;
}

/** The size of a drawing that does not say it. */
export function middleOfFound({ seats, shapes }: ReturnType<typeof collectSvg>): {
  width: number;
  height: number;
} {
  let [width, height] = [1, 1];
  for (const { x, y, size } of seats) {
    width = Math.max(width, x + size);
    height = Math.max(height, y + size);
  }
  for (const { points } of shapes)
    for (const [x, y] of points) {
      width = Math.max(width, x);
      height = Math.max(height, y);
    }
  return { width, height };
}

function aroundOf({ name, attributes }: XmlElement, outer: Around): Around {
  const transform = attributes.get('transform');
  const own = { ...outer, fill: fillOf(attributes) ?? outer.fill };
  if (transform) own.matrix = multiply(outer.matrix, readTransform(transform));
  if (name !== 'g' && name !== 'svg') return own;
  const section = attributes.get('data-section') ?? (outer.section ? undefined : attributes.get('id'));
  if (section && name === 'g') {
    own.section = section;
    own.sectionName = attributes.get('data-name') ?? attributes.get('inkscape:label') ?? section;
  }
  const row = attributes.get('data-row');
  if (row !== undefined) own.row = row;
  return own;
}

function fillOf(attributes: Map<string, string>): string | undefined {
  const style = /(?:^|;)\s*fill\s*:\s*(#[0-9a-f]{3,6})/i.exec(attributes.get('style') ?? '')?.[1];
  const fill = (style ?? attributes.get('fill'))?.toLowerCase();
  if (fill === undefined) return undefined;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(fill);
  return short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : fill.slice(0, 20);
}

type Found = ReturnType<typeof collectSvg>;

function addSeat(element: XmlElement, around: Around, { seats }: Found): void {
  const radius = number(element, 'r') || (number(element, 'rx') + number(element, 'ry')) / 2;
  const [x, y] = apply(around.matrix, number(element, 'cx'), number(element, 'cy'));
  seats.push(seatOf(element, around, { x, y, size: 2 * radius * lengthOf(around.matrix) || 1 }));
}

function seatOf(
  { attributes, children }: XmlElement,
  { fill, section, sectionName, row }: Around,
  place: { x: number; y: number; size: number },
): FoundSeat {
  const title = children.find(({ name }) => name === 'title')?.text.trim();
  return {
    ...place,
    id: attributes.get('id'),
    fill,
    label: (attributes.get('data-seat') ?? title ?? '').trim(),
    row: attributes.get('data-row') ?? row,
    section,
    sectionName,
    zone: attributes.get('data-zone') ?? '',
  };
}

function addRect(element: XmlElement, around: Around, usual: number, found: Found): void {
  const [width, height] = [number(element, 'width'), number(element, 'height')];
  const [left, top] = [number(element, 'x'), number(element, 'y')];
  if (width <= 0 || height <= 0) return;
  const isSquare = width / height > 0.5 && width / height < 2;
  const isSmall = Math.max(width, height) <= usual * 2;
  if (isSquare && isSmall && !element.attributes.has('data-shape')) {
    const [x, y] = apply(around.matrix, left + width / 2, top + height / 2);
    const size = ((width + height) / 2) * lengthOf(around.matrix) || 1;
    found.seats.push(seatOf(element, around, { x, y, size }));
    return;
  }
  const corners: [number, number][] = [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
  found.shapes.push(shapeOf(element, around, corners));
}

function addPolygon(element: XmlElement, around: Around, { shapes }: Found): void {
  const numbers = (element.attributes.get('points') ?? '')
    .slice(0, 20_000)
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [x, y] = [numbers[i] as number, numbers[i + 1] as number];
    if (Number.isFinite(x) && Number.isFinite(y)) points.push([x, y]);
  }
  if (points.length >= 3) shapes.push(shapeOf(element, around, points));
}

function shapeOf({ attributes }: XmlElement, around: Around, points: [number, number][]): FoundShape {
  const stage = attributes.get('data-stage');
  const pool = attributes.get('data-area');
  const { section, sectionName, fill, matrix } = around;
  const isKey = keySchemaPattern.test(section);
  return {
    kind:
      stage !== undefined || attributes.get('id') === 'stage'
        ? 'stage'
        : pool !== undefined && isKey
          ? 'area'
          : 'shape',
    points: points.map(([x, y]) => apply(matrix, x, y)),
    fill,
    label: stage ?? attributes.get('data-shape') ?? '',
    size: 0,
    section,
    sectionName,
    pool: pool !== undefined && keySchemaPattern.test(pool) ? pool : '',
  };
}

function addText(element: XmlElement, around: Around, { shapes }: Found): void {
  // The label of one of our shapes comes with the shape.
  if (element.attributes.has('data-label')) return;
  const words = [element.text, ...element.children.map(({ text }) => text)]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (!words) return;
  const { section, sectionName, matrix } = around;
  shapes.push({
    kind: 'text',
    points: [apply(matrix, number(element, 'x'), number(element, 'y'))],
    fill: around.fill,
    label: words,
    size: (number(element, 'font-size') || 16) * lengthOf(matrix),
    section,
    sectionName,
    pool: '',
  });
}

function number({ attributes }: XmlElement, name: string): number {
  const value = Number.parseFloat(attributes.get(name) ?? '');
  return Number.isFinite(value) && Math.abs(value) < 1e7 ? value : 0;
}

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];
const apply = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];
/** How much longer the matrix makes lines. */
const lengthOf = (m: Matrix): number => Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]));

function readTransform(text: string): Matrix {
  let matrix = identity;
  for (const [, name, given = ''] of text.slice(0, 1_000).matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = given
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (values.some((value) => !Number.isFinite(value) || Math.abs(value) > 1e7)) continue;
    matrix = multiply(matrix, matrixOf(name ?? '', values));
  }
  return matrix;
}

function matrixOf(name: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): Matrix {
  if (name === 'matrix') return [a, b, c, d, e, f];
  if (name === 'translate') return [1, 0, 0, 1, a, b];
  if (name === 'scale') return [a, 0, 0, b || a, 0, 0];
  if (name !== 'rotate') return identity;
  const angle = (a * Math.PI) / 180;
  const turn: Matrix = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
  return multiply(multiply([1, 0, 0, 1, b, c], turn), [1, 0, 0, 1, -b, -c]);
}
