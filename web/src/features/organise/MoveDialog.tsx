import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Field.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { eventSalesQuery } from './queries.ts';
import { t } from './words.ts';

/** True if saving this changes the time or the place of a published event. */
export const movesEvent = (event: ManagedEvent, body: EventPatch): boolean =>
  event.status === 'published' &&
  (['startsAt', 'endsAt', 'timeZone', 'venue'] as const).some((field) => body[field] !== undefined);

interface Props {
  event: ManagedEvent;
  body: EventPatch;
  onClose: () => void;
  onSave: (offer: Pick<EventPatch, 'refundUntil'>) => void;
}

/** Says who hears of the move before it is saved, and lets the organiser offer refunds. */
export function MoveDialog({ event, body, onClose, onSave }: Props) {
  const sales = useQuery({ ...eventSalesQuery(event.id), staleTime: 0 });
  const [now] = useState(nowMs);
  const [until, setUntil] = useState('');
  const startMs = Date.parse(body.startsAt ?? event.startsAt);
  const offers = daysOffered
    .map((days) => new Date(now + days * 86_400_000))
    .filter((each) => each.getTime() <= startMs)
    .map((each) => each.toISOString());
  return (
    <Dialog
      title={t('moveTitle')}
      closeLabel={t('moveKeep')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('moveKeep')}
          </Button>
          <Button onClick={() => onSave(until ? { refundUntil: until } : {})}>{t('moveDo')}</Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p>{t('moveText')}</p>
        {sales.data && <p className="font-semibold">{t('callOffHear', sales.data)}</p>}
        {offers.length > 0 && (
          <Select
            label={t('moveOffer')}
            hint={t('moveOfferHint')}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          >
            <option value="">{t('moveNoOffer')}</option>
            {offers.map((each) => (
              <option key={each} value={each}>
                {t('moveUntil', { when: formatWhen(each, event.timeZone) })}
              </option>
            ))}
          </Select>
        )}
      </div>
    </Dialog>
  );
}

/** How many days an offer can last. */
const daysOffered = [3, 7, 14, 30, 60];
