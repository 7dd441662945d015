import { useFieldArray } from 'react-hook-form';
import { Field, Select } from '../../ui/Field.tsx';
import { newKey } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { Add, Remove } from './ListButtons.tsx';
import { Part } from './Part.tsx';
import { newStep } from './refund-draft.ts';
import { t } from './words.ts';

/** Until when buyers may cancel, how much goes back, and what the organiser keeps. */
export function RefundFields({ form }: { form: DraftForm }) {
  const { control, field, watch } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'refundSteps', keyName: 'rowKey' });
  const currency = watch('currency');
  return (
    <Part title={t('refunds')}>
      <fieldset className="grid gap-3 rounded-card border border-line p-4 pt-3">
        <legend className="px-1 font-semibold">{t('refundSteps')}</legend>
        <p className="text-sm text-muted">{t(fields.length === 0 ? 'refundNever' : 'refundStepsHint')}</p>
        {fields.map(({ rowKey }, index) => (
          <div key={rowKey} className="flex flex-wrap items-start gap-3">
            <Field
              label={t('stepBefore')}
              inputMode="numeric"
              aria-required
              className="min-w-0 grow basis-28"
              {...field(`refundSteps.${index}.before`, t(index === 0 ? 'stepBeforeWrong' : 'stepLater'))}
            />
            <Select
              label={t('stepUnit')}
              className="min-w-0 grow basis-28"
              {...field(`refundSteps.${index}.unit`)}
            >
              <option value="hours">{t('unitHours')}</option>
              <option value="days">{t('unitDays')}</option>
            </Select>
            <Field
              label={t('stepPercent')}
              inputMode="numeric"
              aria-required
              className="min-w-0 grow basis-28"
              {...field(`refundSteps.${index}.percent`, t(index === 0 ? 'promoPercentWrong' : 'stepLess'))}
            />
            <Remove name={t('stepName', { n: index + 1 })} onClick={() => remove(index)} />
          </div>
        ))}
        <Add
          label={t('addStep')}
          onClick={() => append(newStep(newKey(), ...(fields.length === 0 ? [] : (['', ''] as const))))}
        />
      </fieldset>
      {fields.length > 0 && (
        <div className="grid items-end gap-4 sm:grid-cols-3">
          <Field label={t('feePercent')} inputMode="numeric" {...field('feePercent')} />
          <Field
            label={t('feePerTicket', { currency })}
            inputMode="decimal"
            {...field('feePerTicket', t('amountWrong'))}
          />
          <Select label={t('bookingFeeBack')} {...field('bookingFeeBack')}>
            <option value="yes">{t('bookingFeeReturned')}</option>
            <option value="no">{t('bookingFeeKept')}</option>
          </Select>
        </div>
      )}
    </Part>
  );
}
