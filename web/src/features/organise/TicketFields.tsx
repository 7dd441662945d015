import { useFieldArray } from 'react-hook-form';
import { Field, Select } from '../../ui/Field.tsx';
import { ShownField } from '../codes/ShownField.tsx';
import { newPool, newType } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { Add, Remove } from './ListButtons.tsx';
import { TypeTerms } from './TypeTerms.tsx';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  zones: { key: string; name: string }[];
}

/** Pools say how many places there are. Ticket types say what they cost and which pool they use. */
export function TicketFields({ form, zones }: Props) {
  const sources = [
    ...form.watch('pools').map(({ key, name }) => ({ value: `pool:${key}`, name })),
    ...zones.map(({ key, name }) => ({ value: `zone:${key}`, name })),
  ];
  return (
    <>
      <Pools form={form} />
      <TicketTypes form={form} sources={sources} />
    </>
  );
}

function Pools({ form }: { form: DraftForm }) {
  const { control, field, watch } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'pools', keyName: 'rowKey' });
  return (
    <fieldset className="grid gap-3 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('pools')}</legend>
      <p className="text-sm text-muted">{t('poolsHint')}</p>
      {fields.map(({ rowKey }, index) => (
        <div key={rowKey} className="flex flex-wrap items-start justify-end gap-3">
          <Field
            label={t('poolName')}
            aria-required
            className="min-w-0 grow basis-28"
            {...field(`pools.${index}.name`)}
          />
          <Field
            label={t('capacity')}
            type="number"
            min={0}
            aria-required
            className="w-28"
            {...field(`pools.${index}.capacity`)}
          />
          <Remove name={watch(`pools.${index}.name`)} onClick={() => remove(index)} />
        </div>
      ))}
      <Add label={t('addPool')} onClick={() => append(newPool())} />
    </fieldset>
  );
}

function TicketTypes({ form, sources }: { form: DraftForm; sources: { value: string; name: string }[] }) {
  const { control, field, watch } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'ticketTypes', keyName: 'rowKey' });
  const currency = watch('currency');
  const add = () => append(newType(sources[0]?.value ?? ''));
  return (
    <fieldset className="grid gap-5 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('types')}</legend>
      {fields.map(({ rowKey }, index) => (
        <div
          key={rowKey}
          className="@container flex items-start gap-3 border-line not-last:border-b not-last:pb-5"
        >
          {/* By the width of the form, because a preview may stand beside it. */}
          <div className="grid min-w-0 flex-1 grid-cols-2 items-start gap-3 @xl:grid-cols-4">
            <Field label={t('typeName')} aria-required {...field(`ticketTypes.${index}.name`)} />
            <Field
              label={`${t('price')} (${currency})`}
              inputMode="decimal"
              aria-required
              {...field(`ticketTypes.${index}.price`, t('priceWrong'))}
            />
            <Source form={form} index={index} sources={sources} />
            <Field label={t('typeDescription')} {...field(`ticketTypes.${index}.description`)} />
            <Tax form={form} index={index} />
            <TypeTerms form={form} index={index} />
            <Field
              label={t('typeDoorNote')}
              hint={t('typeDoorNoteHint')}
              maxLength={120}
              className="col-span-full"
              {...field(`ticketTypes.${index}.doorNote`)}
            />
            <ShownField
              isSeated={watch(`ticketTypes.${index}.source`).startsWith('zone:')}
              field={field(`ticketTypes.${index}.shown`)}
            />
          </div>
          <Remove name={watch(`ticketTypes.${index}.name`)} onClick={() => remove(index)} />
        </div>
      ))}
      <Add label={t('addType')} onClick={add} />
    </fieldset>
  );
}

/** The tax on a ticket type: none, in the price, or on top of it. */
function Tax({ form: { field, watch }, index }: { form: DraftForm; index: number }) {
  return (
    <>
      <Select label={t('taxKind')} className="col-span-2" {...field(`ticketTypes.${index}.taxKind`)}>
        <option value="none">{t('taxNone')}</option>
        <option value="included">{t('taxIncluded')}</option>
        <option value="onTop">{t('taxOnTop')}</option>
      </Select>
      {watch(`ticketTypes.${index}.taxKind`) !== 'none' && (
        <>
          <Field
            label={t('taxRate')}
            inputMode="decimal"
            aria-required
            {...field(`ticketTypes.${index}.taxRate`, t('rateWrong'))}
          />
          <Field
            label={t('taxName')}
            aria-required
            {...field(`ticketTypes.${index}.taxName`, t('taxNameWrong'))}
          />
        </>
      )}
    </>
  );
}

/** Where a ticket type takes its places from. A deleted source can't be chosen, so another one must be. */
function Source({
  form,
  index,
  sources,
}: {
  form: DraftForm;
  index: number;
  sources: { value: string; name: string }[];
}) {
  const name = `ticketTypes.${index}.source` as const;
  const chosen = form.watch(name);
  return (
    <Select
      label={t('drawsOn')}
      aria-required
      {...form.field(name, t('sourceWrong'))}
      value={sources.some(({ value }) => value === chosen) ? chosen : ''}
    >
      <option value="" disabled />
      {sources.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </Select>
  );
}
