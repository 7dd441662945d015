import { expect, test } from 'vitest';
import { type Pixels, rasterRows } from '../seats/seat-raster.ts';
import { createMovingSeats } from './moving-seats.ts';

const inks = { background: 0xff202020, taken: 0xff808080, zones: [0xff00aa00] };
const empty = (): Pixels => ({
  words: new Uint32Array(300 * 200).fill(inks.background),
  width: 300,
  height: 200,
});

/** Rows of 100 seats, ten units apart. */
function room(rows: number) {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let seat = 0; seat < 100; seat++) {
      x.push(seat * 10);
      y.push(row * 10);
    }
  const list = Array.from({ length: rows }, (_, row) => ({
    first: row * 100,
    count: 100,
    zone: 0,
    box: { left: -5, right: 995, top: row * 10 - 5, bottom: row * 10 + 5 },
  }));
  return { model: { x, y, rows: list }, box: { left: -5, right: 995, top: -5, bottom: rows * 10 - 5 } };
}

test.each([
  ['few seats', 3],
  ['many seats', 80],
])('%s are where the hand has moved them, also those that come from outside the canvas', (_, rows) => {
  const { model, box } = room(rows);
  const camera = { scale: 1, x: 20, y: -30 };
  const paint = createMovingSeats();
  for (const by of [
    { x: 0, y: 0 },
    { x: 40, y: 25 },
    { x: -260, y: -90 },
    { x: -900, y: -500 },
    { x: 290, y: 190 },
    { x: 2_000, y: 0 },
  ]) {
    const shown = empty();
    paint(shown, { model, seats: null, rows: model.rows, box, camera, by, inks, ratio: 1 });
    const wanted = empty();
    const moved = { ...camera, x: camera.x + by.x, y: camera.y + by.y };
    rasterRows(wanted, { model, seats: null, zone: null }, model.rows, moved, inks);
    expect(shown.words).toEqual(wanted.words);
  }
});

test('what lies under the moving seats shows between them', () => {
  const { model, box } = room(80);
  const shown = empty();
  shown.words.fill(0xff0000ff);
  createMovingSeats()(shown, {
    model,
    seats: null,
    rows: model.rows,
    box,
    camera: { scale: 1, x: 100, y: 100 },
    by: { x: 0, y: 0 },
    inks,
    ratio: 1,
  });
  expect(shown.words[0]).toBe(0xff0000ff);
  expect(shown.words[150 * 300 + 200]).not.toBe(0xff0000ff);
});
