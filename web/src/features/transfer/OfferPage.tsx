import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import * as z from 'zod/mini';
import { acceptTransfer, declineTransfer } from '../../../../client/endpoints.generated.ts';
import type { TransferId } from '../../../../contract/ids.ts';
import { ticketNameSchema } from '../../../../contract/person.ts';
import { placeLine } from '../../../../contract/place.ts';
import type { OfferedTicket, TransferStatus } from '../../../../contract/transfers.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { offeredQuery, receivedQuery, ticketQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/t/$transferId');
const nameFields = z.strictObject({ name: ticketNameSchema });

/** The page of an offer's link: which tickets, from whom, and buttons to accept and decline all of them. */
export function OfferPage() {
  const { transferId } = route.useParams();
  const secret = route.useLoaderData();
  const { data: offered } = useSuspenseQuery(offeredQuery(transferId, secret));
  const count = offered?.tickets.length ?? 1;
  useTitle(t('offerTitle', { count }));
  if (!offered || !secret) return <Outcome status="unknown" sender="" count={count} />;
  const { status, from } = offered.transfer;
  if (status !== 'pending') return <Outcome status={status} sender={from.name} count={count} />;
  return <Offer offered={offered} secret={secret} />;
}

function Offer({ offered, secret }: { offered: OfferedTicket; secret: string }) {
  const { transfer, event, tickets } = offered;
  const count = tickets.length;
  const client = useQueryClient();
  const act = useAct();
  const navigate = useNavigate();
  const form = useContractForm(nameFields, { name: '' });
  const params = { transferId: transfer.id as TransferId };
  // After a refusal the page shows the present state, because the sender or another tab may have been faster.
  const settled = () => client.invalidateQueries({ queryKey: offeredQuery(transfer.id, secret).queryKey });
  const accept = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      asSomebody(client, (headers) => call(acceptTransfer, { params, body: { secret, name }, headers, act })),
    onSuccess: async (ticket) => {
      client.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
      void client.invalidateQueries({ queryKey: receivedQuery.queryKey });
      // "My tickets" has all of them.
      if (count > 1) await navigate({ to: paths.orders, replace: true });
      else await navigate({ to: paths.ticket, params: { ticketId: ticket.id }, replace: true });
    },
    onError: settled,
  });
  const decline = useMutation({
    mutationFn: () => call(declineTransfer, { params, body: { secret } }),
    onSettled: settled,
  });
  const problem = accept.error ?? decline.error;
  return (
    <div className="page max-w-xl py-12 sm:py-20">
      <h1 tabIndex={-1} className="text-title font-extrabold wrap-anywhere">
        {t('offerHeading', { sender: transfer.from.name, count })}
      </h1>
      <dl className="mt-6 grid gap-4 rounded-card border border-line bg-raised p-5">
        <Fact label={t('event')}>
          <strong>
            <bdi className="wrap-anywhere">{event.title}</bdi>
          </strong>
          <br />
          <When at={event.startsAt} timeZone={event.timeZone} format="long" withZone />
          <br />
          <bdi className="wrap-anywhere">{placeLine(event.venueName, event.city)}</bdi>
        </Fact>
        <Fact label={t('place', { count })}>
          {tickets.map((ticket, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two places without numbers are alike, and the list does not change
            <bdi key={i} className="block wrap-anywhere">
              {nameOf(ticket)}
            </bdi>
          ))}
        </Fact>
        {transfer.message && (
          <Fact label={t('messageFrom', { sender: transfer.from.name })}>
            <bdi className="whitespace-pre-line wrap-anywhere">{transfer.message}</bdi>
          </Fact>
        )}
        <Fact label={t('until')}>
          <When at={transfer.expiresAt} timeZone={ownTimeZone()} format="long" />
        </Fact>
      </dl>
      <form
        noValidate
        className="mt-6 grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!accept.isPending) accept.mutate(body);
        })}
      >
        <Field label={t('yourName')} hint={t('yourNameHint')} autoComplete="name" {...form.field('name')} />
        {problem && (
          <Notice tone="bad" live>
            {sayProblem(problem)}
          </Notice>
        )}
        <p className="text-sm text-muted">{t('acceptText', { count })}</p>
        <Button type="submit" busy={accept.isPending}>
          {t('accept', { count })}
        </Button>
      </form>
      <p className="mt-3">
        <Button look="plain" className="-ms-5" busy={decline.isPending} onClick={() => decline.mutate()}>
          {t('decline')}
        </Button>
      </p>
    </div>
  );
}

const nameOf = ({ ticketTypeName, place }: OfferedTicket['tickets'][number]): string =>
  [ticketTypeName, place && (place.row === '' ? t('seatNameNoRow', place) : t('seatName', place))]
    .filter(Boolean)
    .join(' · ');

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="mt-0.5">{children}</dd>
  </div>
);

function Outcome({
  status,
  sender,
  count,
}: {
  status: Exclude<TransferStatus, 'pending'> | 'unknown';
  sender: string;
  count: number;
}) {
  return (
    <div className="page" aria-live="polite">
      <EmptyState
        heading="h1"
        icon={status === 'unknown' ? 'warning' : status === 'expired' ? 'clock' : 'info'}
        title={t(`${status}Title`)}
        action={
          <Link to={paths.explore} className={buttonClass('quiet')}>
            {t('home')}
          </Link>
        }
      >
        {status === 'unknown' || status === 'void'
          ? t(`${status}Text`)
          : t(`${status}Text`, { sender, count })}
      </EmptyState>
    </div>
  );
}
