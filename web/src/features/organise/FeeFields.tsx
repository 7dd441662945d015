import { Field, Select } from '../../ui/Field.tsx';
import type { DraftForm } from './EventForm.tsx';
import { t } from './words.ts';

/** The booking fee of the event: who pays it, and how much it is. */
export function FeeFields({ form }: { form: DraftForm }) {
  const { field, watch } = form;
  const [paidBy, currency, taxRate] = watch(['feePaidBy', 'currency', 'feeTaxRate']);
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('bookingFee')}</legend>
      <Select
        label={t('feePaidBy')}
        hint={paidBy === 'none' ? undefined : t(paidBy === 'buyer' ? 'feeBuyerHint' : 'feeAbsorbedHint')}
        {...field('feePaidBy')}
      >
        <option value="none">{t('feeNone')}</option>
        <option value="buyer">{t('feeBuyer')}</option>
        <option value="absorbed">{t('feeAbsorbed')}</option>
      </Select>
      {paidBy !== 'none' && (
        <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3">
          <Field
            label={t('feeEachTicket', { currency })}
            inputMode="decimal"
            {...field('feeEachTicket', t('amountWrong'))}
          />
          <Field
            label={t('feePercentOfTicket')}
            inputMode="decimal"
            {...field('feePercentOfTicket', t('rateWrong'))}
          />
          <Field
            label={t('feeEachOrder', { currency })}
            inputMode="decimal"
            {...field('feeEachOrder', t('amountWrong'))}
          />
          <Field label={t('feeTaxRate')} inputMode="decimal" {...field('feeTaxRate', t('rateWrong'))} />
          {taxRate.trim() !== '' && (
            <Field label={t('taxName')} aria-required {...field('feeTaxName', t('taxNameWrong'))} />
          )}
        </div>
      )}
    </fieldset>
  );
}
