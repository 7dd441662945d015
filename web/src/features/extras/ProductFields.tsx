import { useFieldArray } from 'react-hook-form';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { pictureKinds, useUpload } from '../covers/use-upload.ts';
import { newKey } from '../organise/draft.ts';
import type { DraftForm } from '../organise/EventForm.tsx';
import { Add, Remove } from '../organise/ListButtons.tsx';
import { WallTime } from '../organise/WallTime.tsx';
import { t as tOrganise } from '../organise/words.ts';
import { newProduct, newVariant } from './product-draft.ts';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  organisationId: OrganisationId;
  before: ManagedEvent | null;
}

/** What the event sells beside its tickets. */
export function ProductFields(props: Props) {
  const { control } = props.form;
  const { fields, append, remove } = useFieldArray({ control, name: 'products', keyName: 'rowKey' });
  return (
    <fieldset className="grid gap-5 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('products')}</legend>
      <p className="-mb-2 text-sm text-muted">{t('productsHint')}</p>
      {fields.map(({ rowKey }, index) => (
        <fieldset key={rowKey} className="grid min-w-0 gap-4 border-line not-last:border-b not-last:pb-5">
          <legend className="sr-only">{t('product', { n: index + 1 })}</legend>
          <ProductField {...props} index={index} onRemove={() => remove(index)} />
        </fieldset>
      ))}
      <Add label={t('addProduct')} onClick={() => append(newProduct(newKey()))} />
    </fieldset>
  );
}

interface EntryProps extends Props {
  index: number;
  onRemove: () => void;
}

function ProductField({ form, organisationId, before, index, onRemove }: EntryProps) {
  const { field, watch } = form;
  const at = `products.${index}` as const;
  return (
    <>
      <div className="flex items-start gap-3">
        <Field label={t('name')} aria-required className="min-w-0 grow" {...field(`${at}.name`)} />
        <Remove name={watch(`${at}.name`)} onClick={onRemove} />
      </div>
      <Field label={t('description')} {...field(`${at}.description`)} />
      <Picture form={form} organisationId={organisationId} index={index} />
      <Variants form={form} before={before} index={index} />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Select label={t('needsTicket')} {...field(`${at}.needsTicket`)}>
          <option value="yes">{t('needsYes')}</option>
          <option value="no">{t('needsNo')}</option>
        </Select>
        <Select label={t('collect')} {...field(`${at}.collect`)}>
          <option value="door">{t('collectDoor')}</option>
          <option value="post">{t('collectPost')}</option>
          <option value="none">{t('collectNone')}</option>
        </Select>
        <Field label={t('maxPerOrder')} inputMode="numeric" aria-required {...field(`${at}.maxPerOrder`)} />
        <Field
          label={t('maxPerTicket')}
          hint={t('maxPerTicketHint')}
          inputMode="numeric"
          {...field(`${at}.maxPerTicket`)}
        />
        <WallTime form={form} name={`${at}.saleStartsAt`} label={t('saleStarts')} />
        <WallTime form={form} name={`${at}.saleEndsAt`} label={t('saleEnds')} />
        <Select label={t('tax')} {...field(`${at}.taxKind`)}>
          <option value="none">{tOrganise('taxNone')}</option>
          <option value="included">{tOrganise('taxIncluded')}</option>
          <option value="onTop">{tOrganise('taxOnTop')}</option>
        </Select>
        {watch(`${at}.taxKind`) !== 'none' && (
          <>
            <Field
              label={tOrganise('taxRate')}
              inputMode="decimal"
              aria-required
              {...field(`${at}.taxRate`, tOrganise('rateWrong'))}
            />
            <Field
              label={tOrganise('taxName')}
              aria-required
              {...field(`${at}.taxName`, tOrganise('taxNameWrong'))}
            />
          </>
        )}
      </div>
    </>
  );
}

/** Sizes, colours and the like. Each has its own stock. */
function Variants({ form, before, index }: Pick<EntryProps, 'form' | 'before' | 'index'>) {
  const { control, field, watch } = form;
  const name = `products.${index}.variants` as const;
  const { fields, append, remove } = useFieldArray({ control, name, keyName: 'rowKey' });
  const sold = new Map(
    before?.products.flatMap(({ variants }) => variants.map((each) => [each.id, each] as const)),
  );
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1.5 text-sm font-semibold">{t('variants')}</legend>
      <p className="text-sm text-muted">{t('variantsHint')}</p>
      {fields.map(({ rowKey }, at) => {
        const variant = watch(`${name}.${at}`);
        const known = variant.id && sold.get(variant.id);
        return (
          <div key={rowKey} className="flex flex-wrap items-start justify-end gap-3">
            <Field
              label={t('variant')}
              className="min-w-0 grow basis-36"
              {...field(`${name}.${at}.name`, t('variantWrong'))}
            />
            <Field
              label={t('price', { currency: watch('currency') })}
              inputMode="decimal"
              aria-required
              className="min-w-0 grow basis-28"
              {...field(`${name}.${at}.price`, t('priceWrong'))}
            />
            <Field
              label={t('stock')}
              inputMode="numeric"
              aria-required
              hint={known && t('stockSold', { sold: known.sold, held: known.held })}
              className="min-w-0 grow basis-24"
              {...field(`${name}.${at}.stock`)}
            />
            {fields.length > 1 && (
              <Remove name={variant.name || t('product', { n: at + 1 })} onClick={() => remove(at)} />
            )}
          </div>
        );
      })}
      <Add label={t('addVariant')} onClick={() => append(newVariant(newKey()))} />
    </fieldset>
  );
}

function Picture({ form, organisationId, index }: Pick<EntryProps, 'form' | 'organisationId' | 'index'>) {
  const name = `products.${index}.pictureUrl` as const;
  const url = form.watch(name);
  const set = (value: string) => form.setValue(name, value, { shouldDirty: true });
  const says = { kind: t('pictureWrong'), large: t('pictureWrong') };
  const { take, isPending, wrong } = useUpload(organisationId, says, (picture) => set(picture.url));
  const error = wrong ?? form.wrong(name);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        {url && <img src={url} alt="" className="size-16 rounded-field object-cover" />}
        <label className="relative inline-flex min-h-11 cursor-pointer items-center rounded-full border border-line-strong/60 px-5 font-semibold hover:bg-sunken focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
          {isPending ? t('pictureSending') : t(url ? 'pictureOther' : 'picture')}
          <input
            type="file"
            accept={pictureKinds.join(',')}
            disabled={isPending}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            onChange={({ target }) => {
              take(target.files?.[0]);
              // The same file can be chosen again.
              target.value = '';
            }}
          />
        </label>
        {url && (
          <Button look="plain" size="small" onClick={() => set('')}>
            {t('pictureRemove')}
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
      {url && <Field label={t('pictureAlt')} {...form.field(`products.${index}.pictureAlt`)} />}
    </div>
  );
}
