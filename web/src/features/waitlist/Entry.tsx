import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leaveWaitlist } from '../../../../client/endpoints.generated.ts';
import type { WaitlistEntry } from '../../../../contract/waitlist.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Notice } from '../../ui/Notice.tsx';
import { daysAhead, foreignZone, formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** A longer time is said in words alone, because nobody waits in front of it. */
const countedMs = 3_600_000;

interface Props {
  entry: WaitlistEntry;
  typeName: string;
  timeZone: string;
}

/** One open entry: the place in line, or the offer with its time, and how to leave. */
export function Entry({ entry, typeName, timeZone }: Props) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['waitlist'] });
  const leave = useMutation({
    mutationFn: () => call(leaveWaitlist, { params: { entryId: entry.id } }),
    onSettled: async () => {
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: ['hold'] })]);
      void client.invalidateQueries({ queryKey: ['availability'] });
    },
  });
  const { offer, quantity, position } = entry;
  const offsetMs = offer ? Date.parse(offer.now) - nowMs() : 0;
  const leftMs = offer ? Date.parse(offer.expiresAt) - Date.parse(offer.now) : 0;
  return (
    <div className={offer ? 'rounded-card bg-accent-soft p-4' : ''}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 font-semibold">
        <span>
          {t(offer ? 'offered' : 'waiting', { count: quantity })} · <bdi>{typeName}</bdi>
        </span>
        {offer && leftMs <= countedMs && (
          <Countdown
            endsAtMs={Date.parse(offer.expiresAt)}
            offsetMs={offsetMs}
            label={t('timeLeft')}
            onEnd={refresh}
          />
        )}
      </p>
      <p className="mt-1 text-sm" aria-live="polite">
        {offer ? sayUntil(offer, timeZone) : position !== null && sayPosition(position, quantity)}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {offer && (
          <Link to={paths.checkout} params={{ holdId: offer.holdId }} className={buttonClass()}>
            {t('buyNow')}
          </Link>
        )}
        <Button
          look={offer ? 'plain' : 'quiet'}
          size={offer ? 'medium' : 'small'}
          busy={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {t(offer ? 'decline' : 'leave')}
        </Button>
      </div>
      {leave.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(leave.error)}
        </Notice>
      )}
    </div>
  );
}

/** "Until tomorrow, 9:30" on the clocks of the event. A reader in another zone gets the date and the zone's name. */
function sayUntil({ expiresAt, now }: NonNullable<WaitlistEntry['offer']>, timeZone: string): string {
  const zone = foreignZone(expiresAt, timeZone);
  const days = daysAhead(expiresAt, now, timeZone);
  const time = formatWhen(expiresAt, timeZone, 'time');
  if (!zone && days === 0) return t('offerToday', { time });
  if (!zone && days === 1) return t('offerTomorrow', { time });
  const when = formatWhen(expiresAt, timeZone);
  return t('offerUntil', { when: zone ? `${when} (${zone})` : when });
}

function sayPosition(position: number, quantity: number): string {
  if (position > 1) return t('position', { position });
  return quantity > 1 ? t('nextParty', { count: quantity }) : t('next');
}
