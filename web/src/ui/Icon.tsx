import type { SVGProps } from 'react';

/** Line icons on a 24-point grid. They have no text alternative, because there is always text beside them. */
const shapes = {
  search: 'M10.5 18a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Zm5.5-2 5 5',
  ticket:
    'M4 5h16a1 1 0 0 1 1 1v3.2a3 3 0 0 0 0 5.6V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-3.2a3 3 0 0 0 0-5.6V6a1 1 0 0 1 1-1Zm10 3v1.5m0 5V16m0-4.6v1.2',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9c.6-4 3.8-6 8-6s7.4 2 8 6',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm3.8-12.8-2.3 5.3-5.3 2.3 2.3-5.3 5.3-2.3Z',
  calendar: 'M4 6.5h16v14H4zM4 10.5h16M8 3.5v4m8-4v4',
  pin: 'M12 21.5s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12Zm0-9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  check: 'm5 12.5 4.5 4.5L19 7',
  cross: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  left: 'm14.5 5-7 7 7 7',
  back: 'M9 14.5 4.5 10 9 5.5M4.5 10H15a5 5 0 0 1 0 10h-3',
  down: 'm6 9.5 6 6 6-6',
  right: 'm9.5 5 7 7-7 7',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2.5m0 15V22M2 12h2.5m15 0H22M4.9 4.9l1.8 1.8m10.6 10.6 1.8 1.8m0-14.2-1.8 1.8M6.7 17.3l-1.8 1.8',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  half: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-18v18m3-17.4v16.8m3-14.6v12.4',
  chair: 'M7 4v9h10V4M5 10v7h14v-7M7 17v3m10-3v3',
  wheelchair: 'M10 4.5h.01M10 8v6h5.5l2.5 5M10 10.5h4.5M8 11.7a5 5 0 1 0 6.6 6.3',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14',
  out: 'M9 4H5v16h4m5-4 4-4-4-4m4 4H9',
  card: 'M3 6h18v12.5H3zM3 10h18M6.5 15h3',
  lock: 'M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 1 1 7 0V11',
  list: 'M8.5 6.5H20m-11.5 5.5H20m-11.5 5.5H20M4.2 6.5h.01M4.2 12h.01M4.2 17.5h.01',
  warning: 'M12 4 2.8 20h18.4L12 4Zm0 6.5V15m0 2.3v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10.5V16m0-8.4v.1',
  share: 'M12 15V4m-4 3.5L12 3.5l4 4M6 12H5v8.5h14V12h-1',
  bolt: 'M13 3 5 13.5h6L10.5 21 19 10.5h-6.2L13 3Z',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.5 12h17M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3Z',
  whole: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
  house: 'M4 20.5V9l8-5.5L20 9v11.5zM9.5 20.5v-7h5v7',
} as const;

/** These point in the reading direction, so they are mirrored in right-to-left pages. */
const pointing: readonly string[] = ['left', 'right', 'back', 'out', 'list'];

export const wheelchairPath = shapes.wheelchair;
export const companionPath = shapes.person;

export type IconName = keyof typeof shapes;

export function Icon({
  name,
  size = 20,
  ...rest
}: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...rest}
      className={`shrink-0 ${pointing.includes(name) ? 'rtl:-scale-x-100' : ''} ${rest.className ?? ''}`}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
