import type { InvoiceAddress } from '../../../../contract/parties.ts';
import { Field } from '../../ui/Field.tsx';
import type { ContractForm } from '../forms/use-contract-form.ts';
import { AddressFields, orNull } from './AddressFields.tsx';
import { t } from './words.ts';

export const noAddress: InvoiceAddress = {
  name: '',
  line1: '',
  line2: null,
  postcode: null,
  city: '',
  country: '',
  vatId: null,
  reference: null,
};

/** Whom an invoice names: a company or a person, with the address. */
export const InvoiceFields = ({ form }: { form: ContractForm<InvoiceAddress> }) => (
  <>
    <Field label={t('name')} autoComplete="organization" {...form.field('name')} />
    <AddressFields form={form} />
    <Field label={t('reference')} hint={t('referenceHint')} {...form.field('reference', undefined, orNull)} />
  </>
);
