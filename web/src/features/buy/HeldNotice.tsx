import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { releaseHold } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { availabilityQuery } from './availability.ts';
import { heldFor, rememberHold } from './held.ts';
import { holdQuery } from './queries.ts';
import { placesIn } from './sale.ts';
import { t } from './words.ts';

/** Shows the places that this tab already holds, for a buyer who went back from the checkout. */
export function HeldNotice({ eventId }: { eventId: string }) {
  const client = useQueryClient();
  const [holdId, setHoldId] = useState(() => heldFor(eventId));
  const { data: hold } = useQuery({
    ...holdQuery(holdId ?? ''),
    enabled: holdId !== null,
    retry: false,
    refetchOnMount: 'always',
  });
  const forget = () => {
    rememberHold(eventId, null);
    setHoldId(null);
  };
  const release = useMutation({
    mutationFn: (id: `hld_${string}`) => call(releaseHold, { params: { holdId: id } }),
    onSettled: () => {
      forget();
      void client.invalidateQueries({ queryKey: availabilityQuery(eventId).queryKey });
    },
  });
  if (hold?.status !== 'active' || holdId === null) return null;
  return (
    <div className="mb-6 rounded-card bg-accent-soft p-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 font-semibold">
        {t('heldTitle', { count: placesIn(hold.lines) })}
        <Countdown
          endsAtMs={Date.parse(hold.payBefore ?? hold.expiresAt)}
          offsetMs={hold.offsetMs}
          label={t('timeLeft')}
          onEnd={forget}
        />
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Link to={paths.checkout} params={{ holdId }} className={buttonClass('primary', 'small')}>
          {t('heldContinue')}
        </Link>
        <Button look="plain" size="small" busy={release.isPending} onClick={() => release.mutate(hold.id)}>
          {t('heldRelease')}
        </Button>
      </div>
    </div>
  );
}
