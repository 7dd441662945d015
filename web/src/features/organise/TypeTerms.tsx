import { useFieldArray } from 'react-hook-form';
import { Field, Select } from '../../ui/Field.tsx';
import { t } from '../price-form/words.ts';
import type { DraftForm } from './EventForm.tsx';
import { Add, Remove } from './ListButtons.tsx';
import { newGroup, newStep } from './type-terms-draft.ts';
import { WallTime } from './WallTime.tsx';
import { t as tForm } from './words.ts';

interface Props {
  form: DraftForm;
  /** Which ticket type of the form. */
  index: number;
}

const wide = 'col-span-full';

/** When a ticket type is sold, how many in one order, and its steps, group prices or lowest price. */
export function TypeTerms({ form, index }: Props) {
  const { field, watch } = form;
  const kind = watch(`ticketTypes.${index}.priceKind`);
  return (
    <>
      <Field
        label={t('minPerOrder')}
        type="number"
        min={1}
        max={100}
        aria-required
        {...field(`ticketTypes.${index}.minPerOrder`)}
      />
      <Field
        label={t('maxPerOrder')}
        type="number"
        min={1}
        max={100}
        aria-required
        {...field(`ticketTypes.${index}.maxPerOrder`)}
      />
      <WallTime
        form={form}
        name={`ticketTypes.${index}.saleStartsAt`}
        label={t('saleStartsAt')}
        className="col-span-2 min-w-0"
      />
      <WallTime
        form={form}
        name={`ticketTypes.${index}.saleEndsAt`}
        label={t('saleEndsAt')}
        className="col-span-2 min-w-0"
      />
      <Select label={t('priceKind')} className="col-span-2" {...field(`ticketTypes.${index}.priceKind`)}>
        <option value="fixed">{t('fixed')}</option>
        <option value="steps">{t('steps')}</option>
        <option value="groups">{t('groups')}</option>
        <option value="chosen">{t('chosen')}</option>
      </Select>
      {kind === 'steps' && <Steps form={form} index={index} />}
      {kind === 'groups' && <Groups form={form} index={index} />}
      {kind === 'chosen' && <Chosen form={form} index={index} />}
    </>
  );
}

const list = `${wide} grid gap-4 rounded-field border border-line p-3`;
const entry = 'flex items-start gap-2 border-line not-last:border-b not-last:pb-4';
const cells = 'grid min-w-0 flex-1 grid-cols-1 items-start gap-3 sm:grid-cols-2';

function Steps({ form, index }: Props) {
  const { control, field, watch } = form;
  const name = `ticketTypes.${index}.priceSteps` as const;
  const { fields, append, remove } = useFieldArray({ control, name, keyName: 'rowKey' });
  const currency = watch('currency');
  return (
    <fieldset className={list}>
      <legend className="sr-only">{t('steps')}</legend>
      <p className="text-sm text-muted">{t('stepsHint')}</p>
      {fields.map(({ rowKey }, at) => {
        const n = at + 1;
        return (
          <div key={rowKey} className={entry}>
            <div className={cells}>
              <Field label={t('stepName', { n })} maxLength={40} {...field(`${name}.${at}.name`)} />
              <Field
                label={t('stepPrice', { n, currency })}
                inputMode="decimal"
                aria-required
                {...field(`${name}.${at}.price`, tForm('priceWrong'))}
              />
              <WallTime
                form={form}
                name={`${name}.${at}.until`}
                label={t('stepUntil', { n })}
                wrong={t('stepWrong')}
                className="min-w-0"
              />
              <Field
                label={t('stepPlaces', { n })}
                inputMode="numeric"
                placeholder={t('noLimit')}
                {...field(`${name}.${at}.places`)}
              />
            </div>
            <Remove name={t('step', { n })} onClick={() => remove(at)} />
          </div>
        );
      })}
      <Add label={t('addStep')} onClick={() => append(newStep())} />
    </fieldset>
  );
}

function Groups({ form, index }: Props) {
  const { control, field, watch } = form;
  const name = `ticketTypes.${index}.groupPrices` as const;
  const { fields, append, remove } = useFieldArray({ control, name, keyName: 'rowKey' });
  const currency = watch('currency');
  return (
    <fieldset className={list}>
      <legend className="sr-only">{t('groups')}</legend>
      <p className="text-sm text-muted">{t('groupsHint')}</p>
      {fields.map(({ rowKey }, at) => {
        const n = at + 1;
        return (
          <div key={rowKey} className={entry}>
            <div className={cells}>
              <Field
                label={t('groupFrom', { n })}
                inputMode="numeric"
                aria-required
                {...field(`${name}.${at}.from`)}
              />
              <Field
                label={t('groupPrice', { n, currency })}
                inputMode="decimal"
                aria-required
                {...field(`${name}.${at}.price`, tForm('priceWrong'))}
              />
            </div>
            <Remove name={t('group', { n })} onClick={() => remove(at)} />
          </div>
        );
      })}
      <Add label={t('addGroup')} onClick={() => append(newGroup())} />
    </fieldset>
  );
}

function Chosen({ form, index }: Props) {
  const { field, watch } = form;
  return (
    <Field
      label={t('leastPrice', { currency: watch('currency') })}
      inputMode="decimal"
      aria-required
      hint={t('chosenHint')}
      className={wide}
      {...field(`ticketTypes.${index}.leastPrice`, tForm('priceWrong'))}
    />
  );
}
