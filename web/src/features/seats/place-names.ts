/** A part of the map where a name may stand: its middle and its size, in map units. */
export interface Spot {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface MapName {
  name: string;
  /** How wide the name is at a height of one pixel. */
  emWidth: number;
  /** The best one first. */
  spots: readonly Spot[];
}

/** A name with its middle in map units, and the height of its letters in pixels. */
interface PlacedName {
  name: string;
  x: number;
  y: number;
  size: number;
}

const largest = 13;
/** Smaller letters are unreadable. */
const smallest = 10;
/** Room around a name, in pixels: its outline, and a gap to the next one. */
const around = { across: 4, down: 2 };
/** A name moves up and down by so many of its heights before it is left out. */
const shifts = [0, -1, 1, -2, 2, -3, 3];

const placed = new WeakMap<readonly MapName[], { scale: number; names: PlacedName[] }>();

/**
 * Decision: where the names of sections stand at a scale, so that none lies over another one. The smallest section has the first
 * choice, because a large one has more room. A name without room is left out until somebody zooms in. What is outside the view counts
 * too, so names stay where they are while the map moves.
 */
export function placeNames(names: readonly MapName[], scale: number): readonly PlacedName[] {
  const known = placed.get(names);
  if (known?.scale === scale) return known.names;
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const found: PlacedName[] = [];
  const room = ({ spots }: MapName) => Math.max(0, ...spots.map(({ width, height }) => width * height));
  for (const { name, emWidth, spots } of names.toSorted((a, b) => room(a) - room(b))) {
    const place = spots.flatMap((spot) => placesIn(spot, emWidth, scale)).find((each) => isFree(each.box));
    if (!place) continue;
    taken.push(place.box);
    found.push({ name, x: place.x, y: place.y, size: place.size });
  }
  placed.set(names, { scale, names: found });
  return found;

  function isFree(box: (typeof taken)[number]): boolean {
    return taken.every(
      (other) =>
        box.right <= other.left ||
        box.left >= other.right ||
        box.bottom <= other.top ||
        box.top >= other.bottom,
    );
  }
}

/** The middle of a spot, and what is above and below it, as far as the spot goes. */
function placesIn({ x, y, width, height }: Spot, emWidth: number, scale: number) {
  const size = Math.min(largest, (width * scale - 4) / emWidth);
  if (!(size >= smallest)) return [];
  const [halfWidth, halfHeight] = [(emWidth * size) / 2 + around.across, size * 0.6 + around.down];
  return shifts.flatMap((shift) => {
    const by = shift * 2 * halfHeight;
    if (shift !== 0 && Math.abs(by) > (height * scale) / 2) return [];
    const [px, py] = [x * scale, y * scale + by];
    const box = {
      left: px - halfWidth,
      right: px + halfWidth,
      top: py - halfHeight,
      bottom: py + halfHeight,
    };
    return [{ x, y: py / scale, size, box }];
  });
}

/** Writes the names that are in the view, with an outline that keeps them readable on seats. */
export function paintMapNames(
  context: CanvasRenderingContext2D,
  names: readonly MapName[],
  { scale, x: left, y: top }: { scale: number; x: number; y: number },
  { ink, paper, font }: { ink: string; paper: string; font: string },
  view: { left: number; right: number; top: number; bottom: number },
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = paper;
  context.lineWidth = 4;
  context.fillStyle = ink;
  for (const { name, x, y, size } of placeNames(names, scale)) {
    if (x < view.left || x > view.right || y < view.top || y > view.bottom) continue;
    context.font = `700 ${size}px ${font}`;
    context.strokeText(name, x * scale + left, y * scale + top);
    context.fillText(name, x * scale + left, y * scale + top);
  }
}
