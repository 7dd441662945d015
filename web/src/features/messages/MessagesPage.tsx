import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { resendEventMessage } from '../../../../client/endpoints.generated.ts';
import type { EventMessage } from '../../../../contract/event-messages.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { messagesQuery } from './queries.ts';
import { sayKind } from './say-kind.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/messages');

const states = ['waiting', 'withheld', 'sent', 'failed', 'bounced'] as const;
type State = (typeof states)[number];

/** Every message about the orders of an event, with what became of it. */
export function MessagesPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  useTitle(`${t('title')} · ${event.title}`);
  const may = useMay(event.organisation.id, event.id);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('messages.send') && (
        <Link
          to={paths.writeToAttendees}
          params={{ eventId: event.id }}
          className={buttonClass('primary', 'medium', 'mt-5')}
        >
          {t('write')}
        </Link>
      )}
      <Messages eventId={event.id} mayResend={may('orders.edit')} />
    </Subpage>
  );
}

function Messages({ eventId, mayResend }: { eventId: EventId; mayResend: boolean }) {
  const [state, setState] = useState<State | null>(null);
  const list = useInfiniteQuery(messagesQuery(eventId, state));
  const messages = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const first = list.data?.pages[0];
  const notArrived = (first?.counts.failed ?? 0) + (first?.counts.bounced ?? 0);
  return (
    <>
      {notArrived > 0 && (
        <Notice tone="warn" className="mt-6">
          {t('notArrived', { count: notArrived })}
        </Notice>
      )}
      {first && first.queued > 0 && <p className="mt-4 text-muted">{t('queued', { count: first.queued })}</p>}
      <div className="mt-6 max-w-sm">
        <Select
          label={t('state')}
          value={state ?? ''}
          onChange={({ target: { value } }) => setState(value === '' ? null : (value as State))}
        >
          <option value="">{t('all')}</option>
          {states.map((each) => (
            <option key={each} value={each}>
              {first ? `${t(each)} (${first.counts[each]})` : t(each)}
            </option>
          ))}
        </Select>
      </div>
      {list.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(list.error)}
        </Notice>
      )}
      {list.data && messages.length === 0 && <p className="mt-8 text-muted">{t('empty')}</p>}
      {messages.length > 0 && (
        <ol className="mt-6 divide-y divide-line border-y border-line" aria-busy={list.isPlaceholderData}>
          {messages.map((message) => (
            <Message key={message.id} message={message} eventId={eventId} mayResend={mayResend} />
          ))}
        </ol>
      )}
      <MoreButton of={list}>{t('more')}</MoreButton>
    </>
  );
}

const tones = {
  waiting: 'text-muted',
  withheld: 'text-bad',
  sent: 'text-good',
  failed: 'text-bad',
  bounced: 'text-bad',
} as const;

function Message({
  message,
  eventId,
  mayResend,
}: {
  message: EventMessage;
  eventId: EventId;
  mayResend: boolean;
}) {
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: () => call(resendEventMessage, { params: { eventId, messageId: message.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['event-messages', eventId] }),
  });
  const { kind, channel, state, recipient, order, error, createdAt, sentAt, canBeResent } = message;
  return (
    <li className="py-4">
      <p className="font-semibold wrap-anywhere">{sayKind(kind)}</p>
      <p className="text-sm text-muted wrap-anywhere">
        {recipient === null ? t('erased') : <bdi>{recipient}</bdi>} · {t(`by_${channel}`)}
        {order && (
          <>
            {' · '}
            <Link to={paths.soldOrder} params={{ orderId: order.id }} className="underline">
              <bdi>{order.number}</bdi>
            </Link>
          </>
        )}
      </p>
      <p className="mt-1 text-sm">
        <span className={`font-semibold ${tones[state]}`}>{t(state)}</span> ·{' '}
        <When at={sentAt ?? createdAt} timeZone={ownTimeZone()} />
      </p>
      {error !== null && (
        <p dir="auto" className="mt-1 text-sm text-muted wrap-anywhere">
          {error}
        </p>
      )}
      {canBeResent && mayResend && (
        <Button look="quiet" className="mt-3" busy={resend.isPending} onClick={() => resend.mutate()}>
          {t('resend')}
        </Button>
      )}
      {resend.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(resend.error)}
        </Notice>
      )}
    </li>
  );
}
