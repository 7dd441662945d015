import {
  back,
  circle,
  diceOf,
  draw,
  group,
  line,
  linear,
  n,
  path,
  picture,
  polygon,
  radial,
  rect,
  ring,
  through,
  times,
  width,
} from './draw.ts';

const screen = 'style="mix-blend-mode:screen"';

/** Plates along a table, seen from the lamp above it. */
export function supperClub(seed: string): string {
  const dice = diceOf(seed);
  const foods = ['#e8694a', '#7fae6a', '#f2c14e', '#c44569', '#4f8a8b', '#e9d8b4', '#93b86b'];
  const plate = (x: number, y: number, r: number) =>
    group(
      circle(x, y, r, '#fbf6ea') +
        ring(x, y, r * 0.74, '#d9cdb4', 2) +
        draw(6, () => {
          const angle = dice.between(0, 6.28);
          const reach = dice.between(0, r * 0.42);
          return path(
            through(
              times(7, (i): [number, number] => {
                const size = r * dice.between(0.1, 0.24);
                return [
                  x + reach * Math.cos(angle) + size * Math.cos((i / 7) * 6.28),
                  y + reach * Math.sin(angle) + size * Math.sin((i / 7) * 6.28),
                ];
              }),
              true,
            ),
            dice.pick(foods),
          );
        }),
      'filter="url(#drop)"',
    );
  const side = (y: number, shift: number) =>
    draw(9, (i) => {
      const x = 30 + shift + i * 196;
      return (
        plate(x, y, 72) +
        group(
          rect(x + 84, y - 58, 5, 116, '#8f8a7d', 'rx="2.5"') +
            rect(x + 96, y - 58, 5, 116, '#8f8a7d', 'rx="2.5"') +
            circle(x + 68, y + (y < 450 ? 92 : -92), 24, '#a9c7c9', 'opacity="0.8"') +
            circle(
              x + 68,
              y + (y < 450 ? 92 : -92),
              17,
              dice.pick(['#7a1f3d', '#e9d27a', '#c9dfe0']),
              'opacity="0.85"',
            ),
          'filter="url(#drop)"',
        )
      );
    });
  const branch = draw(60, (i) => {
    const x = i * 27 + dice.between(-8, 8);
    return `<ellipse cx="${n(x)}" cy="${n(450 + dice.between(-34, 34))}" rx="24" ry="8" fill="${dice.pick(['#3f6b4f', '#55815c', '#7a9b6b', '#2f5542'])}" transform="rotate(${n(dice.between(-60, 60))} ${n(x)} 450)"/>`;
  });
  const candles = draw(
    6,
    (i) =>
      circle(150 + i * 262, 450, 150, 'url(#candle)', 'style="mix-blend-mode:screen"') +
      circle(150 + i * 262, 450, 14, '#fff3d0'),
  );
  const defs =
    linear('floor', [
      [0, '#22343a'],
      [1, '#16242a'],
    ]) +
    linear('cloth', [
      [0, '#e8dfcd'],
      [0.5, '#f6efe0'],
      [1, '#dccfb6'],
    ]) +
    radial('candle', [
      [0, '#ffce73', 0.95],
      [0.3, '#ffab4d', 0.4],
      [1, '#ffab4d', 0],
    ]) +
    '<filter id="drop" x="-20%" y="-20%" width="150%" height="150%"><feDropShadow dx="5" dy="8" stdDeviation="7" flood-color="#4a3a1c" flood-opacity="0.4"/></filter>';
  const scene =
    back('url(#floor)') +
    rect(-20, 120, 1640, 660, 'url(#cloth)', 'filter="url(#drop)"') +
    rect(0, 396, 1600, 108, '#9fb3a3', 'opacity="0.5"') +
    side(240, 0) +
    side(660, 98) +
    branch +
    candles;
  return picture(defs, scene, 0.26);
}

/** Paper lanterns above a quay, doubled by the water. */
export function nightMarket(seed: string): string {
  const dice = diceOf(seed);
  const colors = ['#ff5d4a', '#ffb13d', '#ff8a3d', '#ffd76b', '#ff4f7b'];
  const lantern = (x: number, y: number, r: number, color: string) =>
    circle(x, y, r * 3.2, `url(#g${colors.indexOf(color)})`, screen) +
    `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(r)}" ry="${n(r * 0.86)}" fill="${color}"/>` +
    draw(
      5,
      (i) =>
        `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(r * (0.92 - i * 0.2))}" ry="${n(r * 0.86)}" fill="none" stroke="#fff3d0" stroke-width="1.3" opacity="0.4"/>`,
    ) +
    `<ellipse cx="${n(x)}" cy="${n(y + r * 0.16)}" rx="${n(r * 0.5)}" ry="${n(r * 0.5)}" fill="#fff6d8" opacity="0.5"/>` +
    rect(x - r * 0.28, y - r * 0.98, r * 0.56, r * 0.14, '#2a1020') +
    rect(x - r * 0.28, y + r * 0.84, r * 0.56, r * 0.14, '#2a1020');
  const rows = [0, 1, 2, 3].map((row) => {
    const sag = (x: number) => 60 + row * 112 + 90 * Math.sin(((x + row * 130) / 800) * Math.PI) ** 2;
    return (
      line(through(times(41, (i): [number, number] => [i * 40, sag(i * 40)])), '#3a1a2a', 2) +
      draw(10 - row, (i) => {
        const x = 60 + row * 50 + i * (160 + row * 18);
        return lantern(x, sag(x) + 26 + row * 5, 24 + row * 9, dice.pick(colors));
      })
    );
  });
  const crane = (x: number, scale: number) =>
    group(
      line(
        'M0 0V-330M60 0V-330M0-60L60-130L0-200L60-270L0-330H60M-40-330H300M60-420L300-330M60-420L-40-330M30-330V-420',
        '#160a1e',
        8,
      ) + line('M250-330V-190', '#160a1e', 3),
      `transform="translate(${x} 620) scale(${scale})"`,
    );
  const water = draw(150, () => {
    const y = 640 + dice() * 260;
    return `<ellipse cx="${n(dice.between(0, width))}" cy="${n(y)}" rx="${n(dice.between(14, 70))}" ry="${n(dice.between(1, 3.4))}" fill="${dice.pick([...colors, '#ffe9b0'])}" opacity="${dice.between(0.12, 0.6).toFixed(2)}"/>`;
  });
  const defs =
    linear('sky', [
      [0, '#140a2e'],
      [0.6, '#3a1747'],
      [1, '#8a2f52'],
    ]) +
    linear('sea', [
      [0, '#57203f'],
      [1, '#0f0a26'],
    ]) +
    colors
      .map((color, i) =>
        radial(`g${i}`, [
          [0, color, 0.75],
          [0.35, color, 0.25],
          [1, color, 0],
        ]),
      )
      .join('');
  const stalls = draw(
    13,
    (i) =>
      rect(i * 126 - 10, 560, 118, 70, '#1c0c22') +
      polygon(
        [
          [i * 126 - 18, 562],
          [i * 126 + 116, 562],
          [i * 126 + 104, 528],
          [i * 126 - 6, 528],
        ],
        i % 2 ? '#c83f4a' : '#e9c27a',
      ) +
      rect(i * 126 + 8, 578, 82, 30, '#ffd98a', `opacity="${dice.between(0.5, 0.95).toFixed(2)}"`),
  );
  const scene =
    rect(0, 0, width, 640, 'url(#sky)') +
    crane(120, 1) +
    crane(1120, 0.86) +
    stalls +
    rect(0, 626, width, 274, 'url(#sea)') +
    water +
    rows.join('');
  return picture(defs, scene, 0.2);
}
