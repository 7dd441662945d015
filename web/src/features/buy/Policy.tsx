import type { Event } from '../../../../contract/events.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { policyLines } from './policy.ts';
import { t } from './words.ts';

/** What goes back to a buyer who cancels. */
export function Policy({ event }: { event: Event }) {
  return (
    <ul className="mt-1 text-muted">
      {policyLines(event, { t, money: formatMoney, when: formatWhen }).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
