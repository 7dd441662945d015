/** Signs of the designer on a 24-point grid. They are not in ui/Icon.tsx, because every buyer loads that file. */
const shapes = {
  select: 'M6 3.5 18.5 12l-5.6 1.3L10 19z',
  seats: 'M4 6h.01M9.3 6h.01M14.7 6h.01M20 6h.01M4 12h.01M20 12h.01M4 18h.01M20 18h.01M8.5 9.5h7v5h-7z',
  pan: 'M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5m-5 13L12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5m13-5L21 12l-2.5 2.5',
  rows: 'M4 6.5h.01M9.3 6.5h.01M14.7 6.5h.01M20 6.5h.01M4 12h.01M9.3 12h.01M14.7 12h.01M20 12h.01M4 17.5h.01M9.3 17.5h.01M14.7 17.5h.01M20 17.5h.01',
  arc: 'M3.5 9c5.5-4 11.5-4 17 0m-17 5c5.5-4 11.5-4 17 0m-17 5c5.5-4 11.5-4 17 0',
  table:
    'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 3.5h.01M12 20.5h.01M3.5 12h.01M20.5 12h.01M6 6h.01M18 6h.01M6 18h.01M18 18h.01',
  box: 'M4 5h16v14H4zM8.5 10h.01M15.5 10h.01M8.5 14.5h.01M15.5 14.5h.01',
  area: 'M5 8 11 4l8 3.5L18 18l-9 2.5L4 15z',
  stage: 'M3.5 6h17l-2.5 9H6zM8 19h8',
  shape: 'M4 5h9v9H4zM15.5 20.5a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z',
  text: 'M5 6.5V5h14v1.5M12 5v14m-2.5 0h5',
  undo: 'M9 14.5 4.5 10 9 5.5M4.5 10H15a5 5 0 0 1 0 10h-3',
  redo: 'm15 14.5 4.5-4.5L15 5.5M19.5 10H9a5 5 0 0 0 0 10h3',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  remove: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5m3-5.5v5.5',
  mirror: 'M12 3v18M9 7 3.5 17H9zM15 7l5.5 10H15z',
  flip: 'M3 12h18M7 9 17 3.5V9zM7 15l10 5.5V15z',
  turn: 'M19.5 12a7.5 7.5 0 1 1-2.5-5.6M17.5 2.5v4.2h-4.2',
  alignLeft: 'M4 4v16M8 7h11v3.5H8zM8 13.5h6V17H8z',
  alignCentre: 'M12 3v18M5.5 7h13v3.5h-13zM8.5 13.5h7V17h-7z',
  alignRight: 'M20 4v16M5 7h11v3.5H5zM10 13.5h6V17h-6z',
  alignTop: 'M4 4h16M7 8h3.5v11H7zM13.5 8H17v6h-3.5z',
  alignMiddle: 'M3 12h18M7 5.5h3.5v13H7zM13.5 8.5H17v7h-3.5z',
  alignBottom: 'M4 20h16M7 5h3.5v11H7zM13.5 10H17v6h-3.5z',
  spreadAcross: 'M4 4v16M20 4v16M10 7h4v10h-4z',
  spreadDown: 'M4 4h16M4 20h16M7 10h10v4H7z',
  snap: 'M4 4h16v16H4zM4 9.3h16M4 14.7h16M9.3 4v16M14.7 4v16',
  nearer: 'M5 12h14M12 5v14',
  farther: 'M5 12h14',
  whole: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
  keys: 'M3 6.5h18v11H3zM6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14h8',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4',
  templates: 'M4 4h7v7H4zM13 4h7v4h-7zM13 10.5h7V20h-7zM4 13.5h7V20H4z',
  picture: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01',
  library: 'M5 4v16M9.5 4v16M13 5l5.5 14.5',
} as const;

export type ToolIconName = keyof typeof shapes;

export function ToolIcon({ name, size = 20 }: { name: ToolIconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'rows' || name === 'seats' ? 2.6 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className="shrink-0"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
