import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putSellerDetails } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { type Seller, sellerFields } from '../../../../contract/parties.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { moveOnto } from '../forms/move-onto.ts';
import { OthersSaved } from '../forms/OthersSaved.tsx';
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
      {data && <SellerForm organisationId={organisationId} kept={data} />}
    </section>
  );
}

interface Versioned {
  seller: Seller | null;
  version: number;
}

function SellerForm({ organisationId, kept }: { organisationId: OrganisationId; kept: Versioned }) {
  const client = useQueryClient();
  /** What the form started from, or what it saved last. */
  const [{ version, seller }, setBase] = useState(kept);
  const base = seller ?? empty;
  /** What another owner set in the fields that this owner changed. */
  const [contested, setContested] = useState<Partial<Seller>>({});
  const form = useContractForm(sellerFields, base);
  const isDirty = () => {
    const typed = form.getValues();
    return Object.entries(base).some(
      ([name, value]) => (typed[name as keyof Seller] || '') !== (value ?? ''),
    );
  };
  const save = useMutation({
    mutationFn: (body: Seller) =>
      call(putSellerDetails, { params: { organisationId }, ifMatch: version, body }),
    onSuccess: (saved) => {
      client.setQueryData(sellerQuery(organisationId).queryKey, saved);
      setBase(saved);
      form.reset(saved.seller ?? empty);
    },
    onError: async (error) => {
      if (!isProblem(error, 'version_mismatch')) {
        form.showRefusal(error);
        return;
      }
      const newest = await client.fetchQuery({ ...sellerQuery(organisationId), staleTime: 0 });
      const moved = moveOnto(base, form.getValues(), newest.seller ?? empty);
      setContested(moved.contested);
      setBase(newest);
      form.reset(moved.values);
    },
  });
  const prefix = (form.watch('numberPrefix') ?? '').trim().toUpperCase();
  const others = Object.entries(contested).map(([name, value]) => ({
    label: t(name as keyof Seller),
    value: value ?? '',
  }));
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
      {isProblem(save.error, 'version_mismatch') ? (
        <OthersSaved contested={others} />
      ) : (
        save.isError &&
        form.saysNothing() && (
          <Notice tone="bad" live>
            {sayProblem(save.error)}
          </Notice>
        )
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
