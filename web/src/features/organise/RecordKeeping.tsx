import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod/mini';
import { putRecordKeeping } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import {
  namesKeptDays as bounds,
  recordKeepingFields,
  recordYears,
  recordYearsOf,
} from '../../../../contract/record-years.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { recordKeepingQuery } from './queries.ts';
import { t } from './words.ts';

type Kept = z.infer<typeof recordKeepingFields>;

/** How long the organisation keeps its buyers' names. Owners only. */
export function RecordKeeping({ organisationId }: { organisationId: OrganisationId }) {
  const { data } = useQuery(recordKeepingQuery(organisationId));
  return (
    <section className="mt-12 border-t border-line pt-6">
      <h2 className="text-xl font-bold tracking-tight">{t('recordsTitle')}</h2>
      <p className="mt-2 text-muted">{t('recordsText')}</p>
      {data && <RecordForm organisationId={organisationId} kept={data} />}
    </section>
  );
}

function RecordForm({ organisationId, kept }: { organisationId: OrganisationId; kept: Kept }) {
  const client = useQueryClient();
  /** What the form started from, or what it saved last. */
  const [base, setBase] = useState(kept);
  const { country, namesKeptDays } = base;
  const form = useContractForm(recordKeepingFields, { country, namesKeptDays });
  const isDirty = () => {
    const typed = form.getValues();
    return (typed.country || null) !== country || Number(typed.namesKeptDays) !== namesKeptDays;
  };
  const save = useMutation({
    // The call replaces both fields, so the one that this owner did not touch is sent as it is now.
    mutationFn: async (typed: Kept) => {
      const query = recordKeepingQuery(organisationId);
      const now = await client.fetchQuery({ ...query, staleTime: 0 });
      const body = {
        country: typed.country === base.country ? now.country : typed.country,
        namesKeptDays: typed.namesKeptDays === base.namesKeptDays ? now.namesKeptDays : typed.namesKeptDays,
      };
      return call(putRecordKeeping, { params: { organisationId }, body });
    },
    onSuccess: (saved) => {
      client.setQueryData(recordKeepingQuery(organisationId).queryKey, saved);
      setBase(saved);
      form.reset({ country: saved.country, namesKeptDays: saved.namesKeptDays });
    },
    onError: (error) => form.showRefusal(error),
  });
  const chosen = form.watch('country') || null;
  const nameOf = new Intl.DisplayNames(document.documentElement.lang, { type: 'region' });
  const countries = [...new Set([...Object.keys(recordYears), ...(country ? [country] : [])])]
    .map((code) => ({ code, name: nameOf.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, document.documentElement.lang));
  return (
    <form
      noValidate
      className="mt-4 grid gap-4"
      onSubmit={form.handleSubmit((body) => {
        if (!save.isPending) save.mutate(body);
      })}
    >
      <Unsaved isDirty={isDirty} />
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
      <div className="grid gap-4 sm:grid-cols-2 sm:items-start">
        <Field
          label={t('namesKept')}
          hint={t('namesKeptHint')}
          type="number"
          inputMode="numeric"
          min={bounds.least}
          max={bounds.most}
          {...form.field('namesKeptDays', t('namesKeptWrong'), { valueAsNumber: true })}
        />
        <Select
          label={t('booksCountry')}
          hint={t('recordYears', { years: recordYearsOf(chosen) })}
          {...form.field('country', undefined, { setValueAs: (value: string | null) => value || null })}
        >
          <option value="">{t('booksCountryNone')}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <div>
        <Button type="submit" busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
