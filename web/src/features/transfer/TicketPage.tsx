import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { Suspense, useRef, useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { getTicketCalendar, returnTicket } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Ticket } from '../../../../contract/tickets.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { later } from '../../page.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { eventQuery } from '../buy/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { JoinOnline } from '../wallet/JoinOnline.tsx';
import { KeptNotice } from '../wallet/KeptNotice.tsx';
import { isOwnValid } from '../wallet/say-order.ts';
import { TicketCard } from '../wallet/TicketCard.tsx';
import { ExchangeLink } from './ExchangeLink.tsx';
import { PassOn } from './PassOn.tsx';
import { receivedQuery, returnQuery, ticketQuery, ticketTransfersQuery } from './queries.ts';
import { Rename } from './Rename.tsx';
import { Resell } from './Resell.tsx';
import { t } from './words.ts';

const route = getRouteApi('/tickets/$ticketId');

const HolderAnswers = later('HolderAnswers');
const ExchangePage = later('ExchangePage');

/**
 * A ticket with everything that its holder can do with it. The page that exchanges the ticket is at `#exchange`, because a route
 * of its own would make the first page of every visitor larger.
 */
export function TicketPage() {
  const { hash, pathname } = useLocation();
  const shown = useRef(hash);
  // While the next page loads, the address is that page's already. Showing the ticket then would ask for the code of a ticket that
  // an exchange has just ended.
  if (pathname.startsWith('/tickets/')) shown.current = hash;
  if (shown.current !== 'exchange') return <OneTicket />;
  return (
    <Suspense fallback={<Skeleton className="page mt-12 h-64" />}>
      <ExchangePage />
    </Suspense>
  );
}

function OneTicket() {
  const ticketId = route.useParams().ticketId as TicketId;
  const { data: ticket } = useSuspenseQuery(ticketQuery(ticketId));
  const { data: transfers } = useQuery({
    ...ticketTransfersQuery(ticketId),
    enabled: ticket.keptAt === undefined,
  });
  const { data: event } = useQuery({
    ...eventQuery(ticket.event.slug),
    enabled: ticket.keptAt === undefined,
  });
  // Saves the ticket on the device also if it has just been accepted, and its page asked the server for nothing.
  useQuery({ ...receivedQuery, enabled: ticket.isReceived && ticket.keptAt === undefined });
  const client = useQueryClient();
  useTitle(ticket.event.title);
  const open = transfers?.items.find(({ status }) => status === 'pending');
  const sender = transfers?.items.findLast(({ status }) => status === 'accepted')?.from.name;
  const isLive = isOwnValid(ticket);
  const offline = ticket.keptAt !== undefined;
  const disabledBecause = offline && t('needsConnection');
  const givenBecause = disabledBecause || (ticket.resale !== null && t('keepFirst'));
  return (
    <div className="page max-w-4xl py-8 sm:py-12">
      <h1 tabIndex={-1} className="text-title font-extrabold wrap-anywhere">
        <bdi>{ticket.event.title}</bdi>
      </h1>
      {ticket.isTransferred && (
        <Notice className="mt-6">
          <p>{t('transferredText')}</p>
          <Link
            to={paths.order}
            params={{ orderId: ticket.orderId }}
            className="font-semibold underline underline-offset-2"
          >
            {t('toOrder')}
          </Link>
        </Notice>
      )}
      {ticket.isReceived && sender && <p className="mt-2 text-lg text-muted">{t('from', { sender })}</p>}
      <KeptNotice at={ticket.keptAt} />
      <JoinOnline join={ticket.join} />
      <div className="mt-8">
        <TicketCard
          ticket={ticket}
          event={{ ...ticket.event, cancellation: event?.cancellation }}
          n={1}
          count={1}
          offline={offline}
        >
          {isLive && (
            <>
              <PassOn ticketId={ticket.id} open={open} disabledBecause={givenBecause} />
              <Rename
                ticketId={ticket.id}
                name={ticket.attendeeName}
                disabledBecause={disabledBecause}
                onRenamed={() => client.invalidateQueries({ queryKey: ticketQuery(ticket.id).queryKey })}
              />
              <ExchangeLink
                ticketId={ticket.id}
                exchanges={event?.exchanges}
                disabledBecause={givenBecause}
              />
              <Resell
                ticketId={ticket.id}
                open={ticket.resale}
                terms={event?.resale}
                disabledBecause={disabledBecause}
                onChanged={() => client.invalidateQueries({ queryKey: ticketQuery(ticket.id).queryKey })}
              />
            </>
          )}
        </TicketCard>
      </div>
      {isLive && !offline && (
        <div className="mt-6 flex flex-wrap gap-3">
          <a
            href={addressOf(getTicketCalendar, { params: { ticketId: ticket.id } })}
            className={buttonClass('quiet')}
            download
          >
            <Icon name="calendar" />
            {t('calendar')}
          </a>
          <Return ticket={ticket} />
        </div>
      )}
      {isLive && !offline && (
        <Suspense>
          <HolderAnswers />
        </Suspense>
      )}
    </div>
  );
}

function Return({ ticket }: { ticket: Ticket }) {
  const [asking, setAsking] = useState(false);
  const { data: quote, error } = useQuery(returnQuery(ticket.id));
  return (
    <>
      <Button
        look="quiet"
        disabledBecause={error ? sayProblem(error) : !quote && t('wait')}
        onClick={() => setAsking(true)}
      >
        {t('return')}
      </Button>
      {asking && quote && <ReturnDialog ticket={ticket} onClose={() => setAsking(false)} />}
    </>
  );
}

function ReturnDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const client = useQueryClient();
  const act = useAct();
  const { data: quote } = useQuery(returnQuery(ticket.id));
  const giveBack = useMutation({
    mutationFn: () =>
      call(returnTicket, {
        params: { ticketId: ticket.id },
        body: quote ? { refund: quote.refund } : {},
        act,
      }),
    onSuccess: (after) => {
      client.setQueryData(ticketQuery(ticket.id).queryKey, after);
      void client.invalidateQueries({ queryKey: receivedQuery.queryKey });
      onClose();
    },
    onError: () => client.invalidateQueries({ queryKey: returnQuery(ticket.id).queryKey }),
  });
  return (
    <Dialog
      title={t('returnTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('keep')}
          </Button>
          <Button look="danger" busy={giveBack.isPending} onClick={() => giveBack.mutate()}>
            {t('returnDo')}
          </Button>
        </>
      }
    >
      <p>{t('returnText')}</p>
      {quote && quote.refund.amount + quote.fee.amount > 0 && (
        <p className="mt-3">
          {t('returnRefund', {
            amount: formatMoney(quote.refund),
            until: formatWhen(quote.until, ticket.event.timeZone),
          })}
        </p>
      )}
      {giveBack.isError && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(giveBack.error)}
        </Notice>
      )}
    </Dialog>
  );
}
