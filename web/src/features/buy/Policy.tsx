import type { Event } from '../../../../contract/events.ts';
import { policyLines } from './policy.ts';

/** What goes back to a buyer who cancels. */
export function Policy({ event }: { event: Event }) {
  return (
    <ul className="mt-1 text-muted">
      {policyLines(event).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
