import { foreignZone, formatWhen, type WhenFormat } from './format-when.ts';

// Whoever shows an instant finds all of it here. The formats have a file of their own, because tests run in Node, which reads no JSX.
export { clockTime, daysAhead, foreignZone, formatWhen } from './format-when.ts';

interface Props {
  at: string;
  timeZone: string;
  format?: WhenFormat;
  /** Names the zone if it differs from the reader's. */
  withZone?: boolean;
}

export function When({ at, timeZone, format = 'short', withZone = false }: Props) {
  const zone = withZone ? foreignZone(at, timeZone) : null;
  return (
    <time dateTime={at}>
      {formatWhen(at, timeZone, format)}
      {zone && <span className="text-muted"> ({zone})</span>}
    </time>
  );
}
