import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  assignBankEntry,
  returnBankEntry,
  undoBankAssignment,
} from '../../../../client/endpoints.generated.ts';
import type { BankEntry } from '../../../../contract/bank-statements.ts';
import { inGroups } from '../../../../contract/iban.ts';
import type { OrderId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { entriesQuery } from './queries.ts';
import { t } from './words.ts';

const states = ['unmatched', 'partly', 'done', 'debit'] as const;

/** The entries of the statements, one list at a time. */
export function Entries({ organisationId }: { organisationId: OrganisationId }) {
  const [state, setState] = useState<BankEntry['state']>('unmatched');
  const entries = useInfiniteQuery(entriesQuery(organisationId, state));
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = entries.data?.pages[0]?.counts;
  const countOf = (each: (typeof states)[number]) =>
    counts && (each === 'partly' || each === 'unmatched') ? ` (${counts[each]})` : '';
  return (
    <section aria-labelledby="entries" className="mt-12">
      <h2 id="entries" className="text-xl font-bold tracking-tight">
        {t('entries')}
      </h2>
      <Select
        label={t('list')}
        className="mt-3 max-w-sm"
        value={state}
        onChange={({ target }) => setState(target.value as BankEntry['state'])}
      >
        {states.map((each) => (
          <option key={each} value={each}>
            {`${t(`state.${each}`)}${countOf(each)}`}
          </option>
        ))}
      </Select>
      <p className="mt-2 text-sm text-muted">{t(`stateText.${state}`)}</p>
      {entries.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(entries.error)}
        </Notice>
      )}
      {entries.isPending && <Skeleton className="mt-4 h-40" />}
      {entries.data && items.length === 0 && <p className="mt-4 text-muted">{t('noEntries')}</p>}
      <ul className="mt-4 grid gap-4">
        {items.map((entry) => (
          <Entry key={entry.id} entry={entry} organisationId={organisationId} />
        ))}
      </ul>
      <MoreButton of={entries}>{t('more')}</MoreButton>
    </section>
  );
}

function Entry({ entry, organisationId }: { entry: BankEntry; organisationId: OrganisationId }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const params = { organisationId, bankEntryId: entry.id };
  const onSuccess = () => client.invalidateQueries({ queryKey: ['bank', organisationId] });
  const assign = useMutation({
    mutationFn: () => call(assignBankEntry, { params, body: { orderNumber: typed.trim() } }),
    onSuccess,
  });
  const undo = useMutation({
    mutationFn: (orderId: OrderId) => call(undoBankAssignment, { params: { ...params, orderId } }),
    onSuccess,
  });
  const back = useMutation({ mutationFn: () => call(returnBankEntry, { params }), onSuccess });
  const isBusy = assign.isPending || undo.isPending || back.isPending;
  const error = assign.error ?? undo.error ?? back.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy && typed.trim().length >= 8) assign.mutate();
  };
  const name = entry.payer.name ?? t('unknownPayer');
  return (
    <li className="rounded-card border border-line p-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <strong className="min-w-0 wrap-anywhere">
          <bdi>{name}</bdi>
        </strong>
        <span className="font-bold numeric">
          {entry.kind !== 'credit' && '−'}
          <Money value={entry.amount} />
        </span>
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        {formatWhen(`${entry.bookedOn}T12:00:00Z`, 'UTC', 'day')}
        {entry.payer.iban && (
          <>
            {' · '}
            <bdi>{inGroups(entry.payer.iban)}</bdi>
          </>
        )}
        {entry.kind === 'returned' && ` · ${t('returned')}`}
      </p>
      {entry.text !== '' && (
        <p className="mt-2 wrap-anywhere">
          <bdi>{entry.text}</bdi>
        </p>
      )}
      {entry.problem && <p className="mt-2 font-medium">{t(`problem.${entry.problem}`)}</p>}
      {entry.assignments.map((each) => (
        <p key={each.orderId} className="mt-2 flex flex-wrap items-center gap-x-3">
          <span className="min-w-0">
            {t('isFor', { amount: formatMoney(each.amount) })}{' '}
            <Link
              to={paths.soldOrder}
              params={{ orderId: each.orderId }}
              className="inline-flex min-h-11 items-center font-semibold underline"
            >
              <bdi>{`${each.orderNumber} ${each.buyerName}`}</bdi>
            </Link>
            {each.open.amount > 0 && ` · ${t('stillOpen', { amount: formatMoney(each.open) })}`}
          </span>
          {!each.isFinal && (
            <Button look="quiet" size="small" busy={undo.isPending} onClick={() => undo.mutate(each.orderId)}>
              {t('undo')}
            </Button>
          )}
        </p>
      ))}
      {entry.rest.amount > 0 && (
        <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-3">
          <Field
            label={t('orderNumberFor', { name })}
            className="min-w-0 grow basis-48"
            maxLength={40}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" look="quiet" busy={assign.isPending}>
            {t('assign', { amount: formatMoney(entry.rest) })}
          </Button>
          <Button type="button" look="plain" busy={back.isPending} onClick={() => back.mutate()}>
            {t('sendBack')}
          </Button>
        </form>
      )}
      {error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(error)}
        </Notice>
      )}
    </li>
  );
}
