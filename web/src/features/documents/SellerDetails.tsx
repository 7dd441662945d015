import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putSellerDetails } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { type Seller, sellerFields } from '../../../../contract/parties.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AddressFields, orNull } from './AddressFields.tsx';
import { sellerQuery } from './queries.ts';
import { t } from './words.ts';

const empty: Seller = {
  legalName: '',
  line1: '',
  line2: null,
  postcode: null,
  city: '',
  country: '',
  vatId: null,
  registration: null,
  taxNote: null,
  numberPrefix: '',
};

/** What receipts and invoices say about the seller. Owners only. */
export function SellerDetails({ organisationId }: { organisationId: OrganisationId }) {
  const { data } = useQuery(sellerQuery(organisationId));
  return (
    <section aria-labelledby="seller" className="mt-12 border-t border-line pt-6">
      <h2 id="seller" className="text-xl font-bold tracking-tight">
        {t('sellerTitle')}
      </h2>
      <p className="mt-2 text-muted">{t('sellerText')}</p>
      {data && <SellerForm organisationId={organisationId} kept={data.seller ?? empty} />}
    </section>
  );
}

function SellerForm({ organisationId, kept }: { organisationId: OrganisationId; kept: Seller }) {
  const client = useQueryClient();
  /** What the form started from, or what it saved last. */
  const [base, setBase] = useState(kept);
  const form = useContractForm(sellerFields, base);
  const isDirty = () => {
    const typed = form.getValues();
    return Object.entries(base).some(
      ([name, value]) => (typed[name as keyof Seller] || '') !== (value ?? ''),
    );
  };
  const save = useMutation({
    mutationFn: (body: Seller) => call(putSellerDetails, { params: { organisationId }, body }),
    onSuccess: ({ seller }) => {
      client.setQueryData(sellerQuery(organisationId).queryKey, { seller });
      if (!seller) return;
      setBase(seller);
      form.reset(seller);
    },
    onError: (error) => form.showRefusal(error),
  });
  const prefix = (form.watch('numberPrefix') ?? '').trim().toUpperCase();
  return (
    <form
      noValidate
      className="mt-4 grid grid-cols-1 gap-4"
      onSubmit={form.handleSubmit((body) => {
        if (!save.isPending) save.mutate(body);
      })}
    >
      <Unsaved isDirty={isDirty} />
      <Field label={t('legalName')} autoComplete="organization" {...form.field('legalName')} />
      <AddressFields form={form} />
      <Field
        label={t('registration')}
        hint={t('registrationHint')}
        {...form.field('registration', undefined, orNull)}
      />
      <Field label={t('taxNote')} hint={t('taxNoteHint')} {...form.field('taxNote', undefined, orNull)} />
      <Field
        label={t('numberPrefix')}
        hint={t('numberPrefixHint', { example: `${prefix}000042` })}
        dir="ltr"
        {...form.field('numberPrefix', t('numberPrefixWrong'))}
      />
      {save.isError && form.saysNothing() && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
        </Notice>
      )}
      {save.isSuccess && !form.formState.isDirty && (
        <Notice tone="good" live>
          {t('saved')}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
