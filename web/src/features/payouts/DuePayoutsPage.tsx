import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { payOut, transferPayout } from '../../../../client/endpoints.generated.ts';
import type { DuePayout } from '../../../../contract/payouts.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { AdminPage } from '../shell/AdminPage.tsx';
import { duePayoutsQuery } from './queries.ts';
import { t } from './words.ts';

/** What the platform must pay out. An admin marks each as paid. */
export function DuePayoutsPage() {
  return (
    <AdminPage path="/admin/payouts" title={t('adminTitle')} backText={t('adminBack')} refusal={t('noAdmin')}>
      <List />
    </AdminPage>
  );
}

/** What became of the last one that was marked. */
interface Said {
  tone: 'good' | 'bad';
  name: string;
  text: string;
}

function List() {
  const due = useInfiniteQuery(duePayoutsQuery);
  const [said, say] = useState<Said>();
  const items = due.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="mt-2 text-muted">{t('adminText')}</p>
      <div aria-live="polite">
        {said && (
          <Notice tone={said.tone} title={said.name} className="mt-4">
            {said.text}
          </Notice>
        )}
      </div>
      {due.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(due.error)}
        </Notice>
      )}
      {due.isPending && <Skeleton className="mt-6 h-64" />}
      {due.data && items.length === 0 && (
        <p className="mt-8 text-muted">{t(due.hasNextPage ? 'noneHere' : 'noneDue')}</p>
      )}
      <ul className="mt-6 divide-y divide-line border-line not-empty:border-y">
        {items.map((item) => (
          <Item key={`${item.organisationId} ${item.due.currency}`} item={item} onSaid={say} />
        ))}
      </ul>
      <MoreButton of={due}>{t('countMore')}</MoreButton>
    </>
  );
}

function Item({ item, onSaid }: { item: DuePayout; onSaid: (said: Said) => void }) {
  const { name, legalName, owed, due, later, account, problem } = item;
  return (
    <li className="py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="min-w-0 text-lg font-bold wrap-anywhere">
          <bdi>{name}</bdi>
        </h2>
        {due.amount > 0 && (
          <strong className="text-lg numeric">
            <Money value={due} />
          </strong>
        )}
      </div>
      {legalName && legalName !== name && (
        <p className="text-sm text-muted wrap-anywhere">
          <bdi>{legalName}</bdi>
        </p>
      )}
      {owed.amount < 0 && (
        <p className="mt-1 text-sm">
          {t('debt', { amount: formatMoney({ ...owed, amount: -owed.amount }) })}
        </p>
      )}
      {later.amount > 0 && (
        <p className="mt-1 text-sm text-muted">{t('laterToo', { amount: formatMoney(later) })}</p>
      )}
      {problem !== null && (
        <Notice tone="warn" title={t('adminFailed')} className="mt-3">
          <bdi className="wrap-anywhere">{problem}</bdi>
        </Notice>
      )}
      {due.amount > 0 && account === 'ready' && <Transfer item={item} onSaid={onSaid} />}
      {due.amount > 0 && <Mark item={item} onSaid={onSaid} />}
    </li>
  );
}

/** Has the amount transferred at once, and not by night. After a failure only this begins another transfer. */
function Transfer({
  item: { organisationId, name, due, problem },
  onSaid,
}: {
  item: DuePayout;
  onSaid: (said: Said) => void;
}) {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: duePayoutsQuery.queryKey });
  const transfer = useMutation({
    mutationFn: () => call(transferPayout, { params: { organisationId }, body: { amount: due } }),
    onSuccess: async () => {
      onSaid({ tone: 'good', name, text: t('transferBegun', { amount: formatMoney(due) }) });
      await again();
    },
    onError: async (error) => {
      onSaid({ tone: 'bad', name, text: sayProblem(error) });
      await again();
    },
  });
  return (
    <div className="mt-3">
      {problem === null && <p className="mb-3 text-sm text-muted">{t('transferText')}</p>}
      <Button busy={transfer.isPending} onClick={() => transfer.mutate()}>
        {t(problem === null ? 'transferNow' : 'transferAgain', { amount: formatMoney(due) })}
      </Button>
    </div>
  );
}

function Mark({
  item: { organisationId, name, due, account },
  onSaid,
}: {
  item: DuePayout;
  onSaid: (said: Said) => void;
}) {
  const client = useQueryClient();
  const [reference, setReference] = useState('');
  const [isMissing, setMissing] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: duePayoutsQuery.queryKey });
  const mark = useMutation({
    mutationFn: () =>
      call(payOut, { params: { organisationId }, body: { amount: due, reference: reference.trim() } }),
    onSuccess: async () => {
      onSaid({ tone: 'good', name, text: t('marked', { amount: formatMoney(due) }) });
      setReference('');
      await again();
    },
    // Another amount may be due by now, or none. Then the page above says why the form is gone.
    onError: async (error) => {
      onSaid({ tone: 'bad', name, text: sayProblem(error) });
      await again();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reference.trim() === '');
    if (reference.trim() !== '' && !mark.isPending) mark.mutate();
  };
  return (
    <form onSubmit={send} className="mt-3 grid max-w-xl gap-3">
      <Field
        label={t('referenceLabel')}
        hint={t('referenceHint')}
        error={isMissing ? t('referenceMissing') : undefined}
        value={reference}
        maxLength={140}
        onChange={({ target }) => {
          setReference(target.value);
          setMissing(false);
        }}
      />
      <Button
        type="submit"
        look={account === 'ready' ? 'quiet' : 'primary'}
        busy={mark.isPending}
        className="justify-self-start"
      >
        {t('mark', { amount: formatMoney(due) })}
      </Button>
    </form>
  );
}
