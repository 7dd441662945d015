import { Skeleton } from '../../ui/Skeleton.tsx';
import { t } from './words.ts';

/** With fewer places left than this, the number is shown. */
const FEW = 20;

/** How many places of a ticket type are left, or that this buyer holds them. */
export function Left({ left, mine }: { left: number | undefined; mine: number }) {
  if (left === undefined) return <Skeleton className="ms-2 inline-block h-4 w-20 align-middle" />;
  // "Sold out" would be wrong for the buyer who holds the last places.
  if (left === 0 && mine > 0)
    return (
      <span className="ms-2 text-sm font-semibold text-good" aria-live="polite">
        {t('mineHeld', { count: mine })}
      </span>
    );
  const text = left === 0 ? t('soldOut') : left <= FEW ? t('left', { count: left }) : null;
  if (text === null) return null;
  return (
    <span
      className={`ms-2 text-sm font-semibold ${left === 0 ? 'text-bad' : 'text-warn'}`}
      aria-live="polite"
    >
      {text}
    </span>
  );
}
