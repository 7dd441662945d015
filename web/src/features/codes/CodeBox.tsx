import { useEffect, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { knownCode } from '../buy/held.ts';
import { type AppliedCode, applyCode } from './applied-code.ts';
import { CodeForm } from './CodeForm.tsx';
import { OpenedTickets } from './OpenedTickets.tsx';
import { t } from './words.ts';

export interface CodeBoxProps {
  /** As everybody sees it. */
  event: Event;
  /** Why the last hold was refused. A refusal because of the code has made this tab forget the code. */
  error: unknown;
  onApply: (applied: AppliedCode | null) => void;
}

/** Where the buyer types a code beside the tickets. The tickets of the page then are those with the code. */
export function CodeBox({ event, error, onApply }: CodeBoxProps) {
  const [code, setCode] = useState(() => knownCode(event.id));
  const change = (next: string | null) => {
    setCode(next);
    if (next === null) onApply(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new refusal may have taken the code
  useEffect(() => {
    if (error && code !== null && knownCode(event.id) === null) change(null);
  }, [error]);
  return (
    <section aria-label={t('enterTitle')} className="mt-5">
      <CodeForm event={event} code={code} autoFocus={code === null} onChange={change}>
        {(known) => <Effect event={event} known={known} onApply={onApply} />}
      </CodeForm>
    </section>
  );
}

function Effect({ event, known, onApply }: Pick<CodeBoxProps, 'event' | 'onApply'> & { known: CheckedCode }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another code is news
  useEffect(() => onApply(applyCode(known)), [known]);
  const { seat, opened, prices, keepsPlaces, usesLeft } = known;
  if (seat && keepsPlaces && opened.length === 0) return <OpenedTickets event={event} known={known} />;
  const name = seat && `${seat.section} ${seat.row}${seat.seat}`;
  const costs = [...new Set(prices.map(({ price }) => formatMoney(price)))].join(' / ');
  return (
    <div className="mt-2 grid gap-1 text-sm">
      {name && <p>{[t('forSeat', { seat: name }), costs].filter(Boolean).join(' ')}</p>}
      {opened.length > 0 && <p className="text-good">{t(keepsPlaces ? 'reserved' : 'openedHere')}</p>}
      {!name && <p className="text-muted">{t(prices.length > 0 ? 'lowered' : 'lowers')}</p>}
      {/* A choice of more tickets than this is refused as a whole. */}
      {!name && usesLeft !== null && usesLeft < event.maxPerBuyer && (
        <p>{t('usesLeft', { count: usesLeft })}</p>
      )}
    </div>
  );
}
