import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod/mini';
import { putRecordKeeping } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
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
import { moveOnto } from '../forms/move-onto.ts';
import { OthersSaved } from '../forms/OthersSaved.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { recordKeepingQuery } from './queries.ts';
import { t } from './words.ts';

type Kept = z.infer<typeof recordKeepingFields>;
type Versioned = Kept & { version: number };

const valuesOf = ({ country, namesKeptDays }: Kept): Kept => ({ country, namesKeptDays });

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

function RecordForm({ organisationId, kept }: { organisationId: OrganisationId; kept: Versioned }) {
  const client = useQueryClient();
  /** What the form started from, or what it saved last. */
  const [base, setBase] = useState(kept);
  const { country, namesKeptDays } = base;
  /** What another owner set in the fields that this owner changed. */
  const [contested, setContested] = useState<Partial<Kept>>({});
  const form = useContractForm(recordKeepingFields, valuesOf(base));
  const isDirty = () => {
    const typed = form.getValues();
    return (typed.country || null) !== country || Number(typed.namesKeptDays) !== namesKeptDays;
  };
  const save = useMutation({
    mutationFn: (body: Kept) =>
      call(putRecordKeeping, { params: { organisationId }, ifMatch: base.version, body }),
    onSuccess: (saved) => {
      client.setQueryData(recordKeepingQuery(organisationId).queryKey, saved);
      setBase(saved);
      form.reset(valuesOf(saved));
    },
    onError: async (error) => {
      if (!isProblem(error, 'version_mismatch')) {
        form.showRefusal(error);
        return;
      }
      const newest = await client.fetchQuery({ ...recordKeepingQuery(organisationId), staleTime: 0 });
      const moved = moveOnto(valuesOf(base), form.getValues(), valuesOf(newest));
      setContested(moved.contested);
      setBase(newest);
      form.reset(moved.values);
    },
  });
  const chosen = form.watch('country') || null;
  const nameOf = new Intl.DisplayNames(document.documentElement.lang, { type: 'region' });
  const countries = [...new Set([...Object.keys(recordYears), ...(country ? [country] : [])])]
    .map((code) => ({ code, name: nameOf.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, document.documentElement.lang));
  const others = [
    ...(contested.namesKeptDays === undefined
      ? []
      : [{ label: t('namesKept'), value: String(contested.namesKeptDays) }]),
    ...(contested.country === undefined
      ? []
      : [{ label: t('booksCountry'), value: contested.country ? (nameOf.of(contested.country) ?? '') : '' }]),
  ];
  return (
    <form
      noValidate
      className="mt-4 grid gap-4"
      onSubmit={form.handleSubmit((body) => {
        if (!save.isPending) save.mutate(body);
      })}
    >
      <Unsaved isDirty={isDirty} />
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
