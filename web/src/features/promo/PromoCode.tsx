import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { redeemPromoCode, removePromoCode } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { promoCodeFields } from '../../../../contract/promo-codes.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { type HeldPlaces, heldNow, holdQuery } from '../buy/queries.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { reductionOf } from './promo.ts';
import { t } from './words.ts';

/** On the checkout: redeems a promo code, or shows the redeemed one, until the order is placed. */
export function PromoCode({ hold, onGone }: { hold: HeldPlaces; onGone: () => void }) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  const reduction = reductionOf(hold.lines);
  const form = useContractForm(promoCodeFields, { code: '' });
  const params = { holdId: hold.id };
  const reprice = useMutation({
    mutationFn: (code: string | null) =>
      code === null ? call(removePromoCode, { params }) : call(redeemPromoCode, { params, body: { code } }),
    onSuccess: (repriced) => {
      client.setQueryData(holdQuery(hold.id).queryKey, heldNow(repriced));
      form.reset();
      setOpen(false);
      // The pressed button is gone, so the focus needs another place.
      place.current?.focus();
    },
    onError: (error, code) => {
      if (isProblem(error, 'hold_expired', 'hold_ended', 'already_ordered')) onGone();
      if (code !== null) form.refuse('code', sayProblem(error));
    },
  });
  const redeem = form.handleSubmit(({ code }) => {
    if (!reprice.isPending) reprice.mutate(code);
  });
  return (
    <div ref={place} tabIndex={-1} className="mt-4 rounded-field">
      <div className={reduction ? 'flex items-center gap-2 rounded-field bg-good-soft ps-4 text-good' : ''}>
        {reduction && <Icon name="check" strokeWidth={3} />}
        <p role="status" className={reduction ? 'min-w-0 flex-1 py-3 font-semibold break-words' : 'sr-only'}>
          {/* A code that only opens tickets takes nothing off. */}
          {reduction &&
            (reduction.off.amount > 0
              ? t('saves', { code: reduction.code, amount: formatMoney(reduction.off) })
              : `${t('code')}: ${reduction.code}`)}
          {!reduction && reprice.isSuccess && t('removed')}
        </p>
        {reduction && (
          <button
            type="button"
            aria-label={t('remove', { code: reduction.code })}
            aria-disabled={reprice.isPending}
            onClick={() => !reprice.isPending && reprice.mutate(null)}
            className="grid size-12 shrink-0 place-items-center rounded-full hover:bg-paper/60"
          >
            <Icon name="cross" size={18} />
          </button>
        )}
      </div>
      {reduction && reprice.isError && (
        <p role="alert" className="mt-1.5 text-sm font-medium text-bad">
          {sayProblem(reprice.error)}
        </p>
      )}
      {!reduction && !open && (
        <Button
          look="plain"
          size="small"
          className="-ms-4"
          disabledBecause={hold.lines.some(({ isResale }) => isResale) && t('fixedPrice')}
          onClick={() => setOpen(true)}
        >
          {t('haveOne')}
        </Button>
      )}
      {!reduction && open && (
        <form noValidate onSubmit={redeem} className="flex flex-wrap items-start gap-x-3">
          <Field
            label={t('code')}
            className="min-w-0 grow basis-32"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            // The person has just opened this field.
            autoFocus
            {...form.field('code', t('noCode'))}
          />
          <Button type="submit" look="quiet" className="mt-[1.625rem]" busy={reprice.isPending}>
            {t('redeem')}
          </Button>
        </form>
      )}
    </div>
  );
}
