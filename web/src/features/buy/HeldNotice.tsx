import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { releaseHold } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { availabilityQuery } from './availability.ts';
import { placesIn } from './sale.ts';
import type { OwnHold } from './use-own-hold.ts';
import { t } from './words.ts';

/** The places that this buyer already holds, from this tab or another one, with the way to them. */
export function HeldNotice({ own }: { own: OwnHold }) {
  const client = useQueryClient();
  const { hold, movable, forget } = own;
  const release = useMutation({
    mutationFn: (id: `hld_${string}`) => call(releaseHold, { params: { holdId: id } }),
    onSettled: (_done, _failed, id) => {
      forget();
      client.removeQueries({ queryKey: ['hold', id] });
      if (hold) void client.invalidateQueries({ queryKey: availabilityQuery(hold.eventId).queryKey });
    },
  });
  if (!hold) return null;
  return (
    <section aria-label={t('heldFor')} className="mb-6 rounded-card bg-accent-soft p-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 font-semibold">
        {t('heldTitle', { count: placesIn(hold.lines) })}
        <Countdown
          endsAtMs={Date.parse(hold.payBefore ?? hold.expiresAt)}
          offsetMs={hold.offsetMs}
          label={t('timeLeft')}
          onEnd={forget}
        />
      </p>
      <p className="mt-1 text-sm">{t(movable ? 'heldMovable' : 'heldOrdered')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Link to={paths.checkout} params={{ holdId: hold.id }} className={buttonClass('primary', 'small')}>
          {t('heldContinue')}
        </Link>
        <Button look="plain" size="small" busy={release.isPending} onClick={() => release.mutate(hold.id)}>
          {t('heldRelease')}
        </Button>
      </div>
    </section>
  );
}
