import { useFieldArray } from 'react-hook-form';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { newPromo } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { Add, Remove } from './ListButtons.tsx';
import { WallTime } from './WallTime.tsx';
import { t } from './words.ts';

/** Promo codes: the reduction, the number of tickets, the last day. */
export function PromoFields({ form, before }: { form: DraftForm; before: ManagedEvent | null }) {
  const { control, field, watch } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'promoCodes', keyName: 'rowKey' });
  const currency = watch('currency');
  return (
    <fieldset className="grid gap-5 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('promoCodes')}</legend>
      <p className="-mb-2 text-sm text-muted">{t('promoCodesHint')}</p>
      {fields.map(({ rowKey }, index) => {
        const { code, kind } = watch(`promoCodes.${index}`);
        const used = before?.promoCodes.find((each) => each.code === code);
        return (
          <div key={rowKey} className="flex items-start gap-3 border-line not-last:border-b not-last:pb-5">
            <div className="grid min-w-0 flex-1 grid-cols-2 items-start gap-3 sm:grid-cols-6">
              <Field
                label={t('promoCode')}
                aria-required
                className="col-span-2"
                autoCapitalize="characters"
                autoComplete="off"
                spellCheck={false}
                hint={used && t('promoUsed', { held: used.held, sold: used.sold })}
                {...field(`promoCodes.${index}.code`, t('promoCodeWrong'))}
              />
              <Select label={t('promoKind')} className="col-span-2" {...field(`promoCodes.${index}.kind`)}>
                <option value="percent">{t('promoPercent')}</option>
                <option value="amount">{t('promoAmount')}</option>
              </Select>
              <Field
                label={kind === 'percent' ? '%' : currency}
                inputMode="decimal"
                aria-required
                {...field(
                  `promoCodes.${index}.off`,
                  t(kind === 'percent' ? 'promoPercentWrong' : 'priceWrong'),
                )}
              />
              <Field
                label={t('promoMost')}
                inputMode="numeric"
                placeholder="∞"
                {...field(`promoCodes.${index}.maxTickets`)}
              />
              <WallTime
                form={form}
                name={`promoCodes.${index}.validUntil`}
                label={t('promoUntil')}
                className="col-span-2 sm:col-span-3"
              />
            </div>
            <Remove name={code} onClick={() => remove(index)} />
          </div>
        );
      })}
      <Add label={t('addPromoCode')} onClick={() => append(newPromo())} />
    </fieldset>
  );
}
