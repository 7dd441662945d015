/** Small charts as SVG. Colours are tokens of the page, so that they suit light, dark and paper. */

interface Line {
  name: string;
  /** The number of the token: --line-1 … --line-4. Each has another dash, so that colour is not all that tells them apart. */
  token: 1 | 2 | 3 | 4;
  points: { atMs: number; value: number }[];
}

const size = { width: 720, height: 220, left: 58, right: 12, top: 10, bottom: 30 };
const most = 300;

/** A chart over time. `marks` are instants with a name. */
export function chart(title: string, lines: Line[], marks: { atMs: number; name: string }[] = []): string {
  const all = lines.flatMap(({ points }) => points);
  if (all.length === 0) return '';
  const endMs = all.reduce((last, { atMs }) => Math.max(last, atMs), 1);
  const highest = Math.max(
    1,
    all.reduce((top, { value }) => Math.max(top, value), 0),
  );
  const x = (ms: number) => round(size.left + (ms / endMs) * (size.width - size.left - size.right));
  const y = (value: number) =>
    round(size.height - size.bottom - (value / highest) * (size.height - size.top - size.bottom));
  const across = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(share * highest);
    return `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}"/><text x="${size.left - 6}" y="${at + 4}" text-anchor="end">${count(share * highest)}</text>`;
  });
  const along = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(share * endMs)}" y="${size.height - 10}" text-anchor="${share === 1 ? 'end' : share === 0 ? 'start' : 'middle'}">${minutes(share * endMs)}</text>`,
  );
  const marked = marks.map(
    ({ atMs, name }) =>
      `<line class="mark" x1="${x(atMs)}" x2="${x(atMs)}" y1="${size.top}" y2="${size.height - size.bottom}"/><text x="${x(atMs) + 4}" y="${size.top + 10}">${asHtml(name)}</text>`,
  );
  const drawn = lines.map(({ token, points }) => {
    const path = thin(points)
      .map(({ atMs, value }, i) => `${i === 0 ? 'M' : 'L'}${x(atMs)} ${y(value)}`)
      .join('');
    return `<path class="line line-${token}" d="${path}"/>`;
  });
  const legend = lines
    .map(
      ({ name, token }) =>
        `<span><svg width="28" height="8" aria-hidden="true"><path class="line line-${token}" d="M0 4L28 4"/></svg> ${asHtml(name)}</span>`,
    )
    .join('');
  const said = lines
    .map(({ name, points }) => `${name}: at most ${count(Math.max(...thin(points).map((p) => p.value)))}`)
    .join('; ');
  return `<figure><figcaption>${asHtml(title)}</figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${asHtml(`${title}. ${said}`)}">${[...across, ...along, ...marked, ...drawn].join('')}</svg>
<p class="legend">${legend}</p></figure>`;
}

/** Hundreds of points are as many as a page shows. The last of each group stays. */
function thin<T>(points: T[]): T[] {
  const step = Math.ceil(points.length / most);
  return step <= 1 ? points : points.filter((_, i) => i % step === step - 1 || i === points.length - 1);
}

const round = (value: number): number => Math.round(value * 10) / 10;
export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const minutes = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`;

export const asHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] as string,
  );
