import { useState } from 'react';
import type { InvoiceAddress, Seller } from '../../../../contract/parties.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { language } from '../../ui/language.ts';
import type { ContractForm } from '../forms/use-contract-form.ts';
import { countriesIn } from './countries.ts';
import { t } from './words.ts';

type Form = ContractForm<InvoiceAddress> | ContractForm<Seller>;

/** An empty field means that there is none. */
export const orNull = { setValueAs: (value: string | null) => value?.trim() || null };

/** The fields of an address with the VAT id, which buyer and seller both have. */
export function AddressFields({ form: given }: { form: Form }) {
  // Both forms have these fields under the same names.
  const form = given as ContractForm<InvoiceAddress>;
  const [countries] = useState(() => countriesIn(language()));
  return (
    <>
      <Field label={t('line1')} autoComplete="address-line1" {...form.field('line1')} />
      <Field
        label={t('line2')}
        hint={t('optional')}
        autoComplete="address-line2"
        {...form.field('line2', undefined, orNull)}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[2fr_3fr]">
        <Field
          label={t('postcode')}
          autoComplete="postal-code"
          {...form.field('postcode', undefined, orNull)}
        />
        <Field label={t('city')} autoComplete="address-level2" {...form.field('city')} />
      </div>
      <Select label={t('country')} autoComplete="country" {...form.field('country', t('countryWrong'))}>
        <option value="">{t('chooseCountry')}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <Field
        label={t('vatId')}
        hint={t('vatIdHint')}
        dir="ltr"
        {...form.field('vatId', t('vatIdWrong'), orNull)}
      />
    </>
  );
}
