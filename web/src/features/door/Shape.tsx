/** A disc admits, an octagon refuses, a triangle says look again: people who cannot tell the colours apart see the shape. */
const shapes = {
  admit: 'M50 2a48 48 0 1 1 0 96 48 48 0 0 1 0-96Z',
  refuse: 'M30 2h40l28 28v40L70 98H30L2 70V30Z',
  wait: 'M50 4 98 92H2Z',
} as const;
const fills = { admit: 'fill-gate-admit', refuse: 'fill-gate-refuse', wait: 'fill-gate-wait' } as const;

export type Look = keyof typeof shapes;

/** On its own colour it is white. */
export function Shape({
  look,
  className,
  isWhite = false,
}: {
  look: Look;
  className: string;
  isWhite?: boolean;
}) {
  return (
    <svg
      viewBox="0 0 100 100"
      className={`print:[print-color-adjust:exact] ${isWhite ? 'fill-white' : fills[look]} ${className}`}
      aria-hidden="true"
    >
      <path d={shapes[look]} />
    </svg>
  );
}
