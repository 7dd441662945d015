import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { publishEvent, unpublishEvent, updateEvent } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { WaysButton } from '../bank/WaysButton.tsx';
import { WidgetButton } from '../branding/WidgetButton.tsx';
import { t as sayCodes } from '../codes/words.ts';
import { EventShelf } from '../editor/EventShelf.tsx';
import { t as editorWord } from '../editor/words.ts';
import { OnlineLink } from '../online/OnlineLink.tsx';
import { PassLink } from '../passes/PassLink.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { CallOff, CallOffProgress } from './CallOff.tsx';
import { Downloads } from './Downloads.tsx';
import type { Draft } from './draft.ts';
import { EventForm } from './EventForm.tsx';
import { EventStatus } from './EventStatus.tsx';
import { MoveDialog, movesEvent } from './MoveDialog.tsx';
import { OthersChanges } from './OthersChanges.tsx';
import { managedEventQuery, seatLayoutQuery } from './queries.ts';
import { same } from './same.ts';
import { useEventEdit } from './use-event-edit.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId');

export function ManagedEventPage() {
  const { eventId } = route.useParams();
  const client = useQueryClient();
  const query = managedEventQuery(eventId);
  const { data: event } = useSuspenseQuery(query);
  const edit = useEventEdit(event);
  const may = useMay(event.organisation.id, event.id);
  useTitle(event.title);
  const settled = (saved: ManagedEvent) => {
    client.setQueryData(query.queryKey, saved);
    void client.invalidateQueries({ queryKey: ['managed', 'of'] });
    void client.removeQueries({ queryKey: ['event'] });
  };
  /** Brings the version that somebody else made; the form moves onto it and shows what they changed. */
  const onRefused = (error: Error) => {
    if (isProblem(error, 'version_mismatch')) void client.refetchQueries({ queryKey: query.queryKey });
    else edit.form.showRefusal(error);
  };
  const save = useMutation({
    mutationFn: async ({ body }: { body: EventPatch; draft: Draft }) =>
      same(body, {})
        ? null
        : call(updateEvent, { params: { eventId: event.id }, ifMatch: edit.base.version, body }),
    onSuccess: (saved, { draft, body }) => {
      if (!saved) return;
      const layoutOf = (version: number) => seatLayoutQuery(event.id, version).queryKey;
      const layout = body.seatLayout ?? client.getQueryData<SeatLayout>(layoutOf(saved.version - 1));
      if (layout) client.setQueryData(layoutOf(saved.version), layout);
      edit.saved(draft, saved);
      settled(saved);
    },
    onError: onRefused,
  });
  const publish = useMutation({
    mutationFn: (on: boolean) => {
      const version = { params: { eventId: event.id }, ifMatch: edit.base.version };
      return on ? call(publishEvent, version) : call(unpublishEvent, version);
    },
    onSuccess: settled,
    onError: onRefused,
  });
  /** A save that waits for the answer to what its move means for the buyers. */
  const [moving, setMoving] = useState<{ body: EventPatch; draft: Draft } | null>(null);
  const conflict = isProblem(save.error, 'version_mismatch');
  const draft = event.status === 'draft';
  return (
    <div className="page max-w-3xl py-6 sm:py-10">
      <Link to={paths.organise} search={{ org: event.organisation.id }} className={backLink}>
        <Icon name="left" size={18} />
        {t('back')}
      </Link>
      <header className="mb-8 mt-2">
        <EventStatus status={event.status} />
        <h1 tabIndex={-1} className="mt-3 text-title font-extrabold">
          <bdi>{event.title}</bdi>
        </h1>
        <p className="mt-1 text-muted">
          {event.undecided.includes('startsAt') ? (
            editorWord('dateOpen')
          ) : (
            <When at={event.startsAt} timeZone={event.timeZone} format="long" withZone />
          )}
          {event.venue.name && (
            <>
              {' '}
              · <bdi>{event.venue.name}</bdi>
            </>
          )}
        </p>
        <div className="mt-5 flex flex-wrap gap-3">
          {may('events.edit') && !event.cancellation && (
            <Link
              to={paths.editEvent}
              params={{ eventId: event.id, step: 'basics' }}
              className={buttonClass('quiet')}
            >
              {editorWord('editInSteps')}
            </Link>
          )}
          {may('events.edit') && (draft || event.status === 'published') && (
            <Button
              look={draft ? 'primary' : 'quiet'}
              busy={publish.isPending}
              onClick={() => publish.mutate(draft)}
            >
              {t(draft ? 'publish' : 'unpublish')}
            </Button>
          )}
          {!draft && (
            <Link to={paths.event} params={{ slug: event.slug }} className={buttonClass('quiet')}>
              {t('viewPage')}
            </Link>
          )}
          {may('figures.read') && (
            <Link to={paths.eventFigures} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('figures')}
            </Link>
          )}
          {!draft && may('messages.read') && (
            <Link to={paths.eventMessages} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('messages')}
            </Link>
          )}
          {!draft && may('orders.read') && (
            <Link to={paths.eventWaitlist} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('waitlist')}
            </Link>
          )}
          {event.status === 'published' && event.waitingRoom.mode !== 'off' && may('events.edit') && (
            <Link to={paths.eventQueue} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('queue')}
            </Link>
          )}
          {(may('events.edit') || may('orders.read')) && (
            <Link to={paths.eventQuestions} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('questions')}
            </Link>
          )}
          {may('events.edit') && (
            <Link to={paths.eventCodes} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {sayCodes('title')}
            </Link>
          )}
          {may('events.edit') && <OnlineLink eventId={event.id} />}
          {may('events.edit') && <WaysButton eventId={event.id} />}
          {may('events.edit') && <PassLink eventId={event.id} />}
          {may('events.edit') && <WidgetButton event={event} />}
          {may('places.block') && (
            <Link to={paths.eventBlocks} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('blocks')}
            </Link>
          )}
          {event.status === 'published' && may('tickets.issue') && (
            <Link
              to={paths.eventComplimentary}
              params={{ eventId: event.id }}
              className={buttonClass('quiet')}
            >
              {t('complimentary')}
            </Link>
          )}
          {event.status === 'published' && may('door-sales.read') && (
            <Link to={paths.eventDoorSales} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('doorSales')}
            </Link>
          )}
          {!draft && may('door.read') && (
            <Link to={paths.eventDoor} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              {t('doorDesk')}
            </Link>
          )}
          {may('door.admit') && (
            <Link to={paths.doorScan} params={{ eventId: event.id }} className={buttonClass('quiet')}>
              <Icon name="camera" />
              {t('atDoor')}
            </Link>
          )}
        </div>
        <div aria-live="polite" className="mt-4">
          {publish.isSuccess && (
            <Notice tone="good">{t(publish.variables ? 'isPublished' : 'isUnpublished')}</Notice>
          )}
          {isProblem(publish.error, 'version_mismatch') ? (
            <Notice tone="warn" title={t('conflictTitle')}>
              <p>{t('conflictPublish')}</p>
            </Notice>
          ) : (
            publish.isError && <Notice tone="bad">{sayProblem(publish.error)}</Notice>
          )}
        </div>
      </header>
      {event.cancellation && may('figures.read') && (
        <div className="mb-6">
          <CallOffProgress event={event} />
        </div>
      )}
      <Numbers event={event} />
      {!draft && may('exports.read') && <Downloads event={event} />}
      {!may('events.edit') && <Notice className="mt-6">{t('mayNot')}</Notice>}
      {!event.cancellation && may('events.edit') && (
        <div className="mt-10">
          <EventForm
            form={edit.form}
            organisationId={event.organisation.id}
            before={edit.base}
            submit={t('save')}
            busy={save.isPending}
            error={conflict ? null : save.error}
            isDirty={edit.isDirty}
            notice={
              (edit.changes.length > 0 || conflict) && (
                <OthersChanges
                  form={edit.form}
                  changes={edit.changes}
                  refused={conflict}
                  onTaken={edit.dropChange}
                />
              )
            }
            footer={
              <span role="status" className="font-semibold text-good">
                {save.isSuccess ? t(save.data ? 'saved' : 'nothingChanged') : ''}
              </span>
            }
            onSubmit={(body, draft) =>
              movesEvent(event, body) ? setMoving({ body, draft }) : save.mutate({ body, draft })
            }
          />
        </div>
      )}
      {may('events.edit') && <EventShelf event={event} />}
      {!draft && !event.cancellation && may('events.cancel') && <CallOff event={event} />}
      {moving && (
        <MoveDialog
          event={event}
          body={moving.body}
          onClose={() => setMoving(null)}
          onSave={(offer) => {
            setMoving(null);
            save.mutate({ body: { ...moving.body, ...offer }, draft: moving.draft });
          }}
        />
      )}
    </div>
  );
}

/** How full each pool is, in figures and as a bar. */
function Numbers({ event }: { event: ManagedEvent }) {
  if (event.pools.length === 0) return null;
  return (
    <section aria-labelledby="numbers" className="rounded-card border border-line p-5">
      <h2 id="numbers" className="text-xl font-bold tracking-tight">
        {t('numbers')}
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {event.pools.map(({ key, name, capacity, held, sold, kept, blocked }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <h3 className="min-w-0 grow basis-32 font-semibold">
              <bdi>{name}</bdi>
              <span
                aria-hidden="true"
                className="mt-1 flex h-1.5 w-full max-w-40 overflow-hidden rounded-full bg-sunken"
              >
                <span className="bg-accent" style={{ width: `${(sold / Math.max(capacity, 1)) * 100}%` }} />
                <span className="bg-warn" style={{ width: `${(held / Math.max(capacity, 1)) * 100}%` }} />
              </span>
            </h3>
            <dl className="numeric flex flex-wrap gap-x-5 gap-y-1">
              <Count term={t('sold')} value={sold} strong />
              <Count term={t('held')} value={held} />
              <Count term={t('free')} value={capacity - held - sold - kept - blocked} />
              {blocked > 0 && <Count term={t('blocked')} value={blocked} />}
              {kept > 0 && <Count term={t('keptForLine')} value={kept} />}
              <Count term={t('capacity')} value={capacity} />
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ term, value, strong = false }: { term: string; value: number; strong?: boolean }) {
  return (
    <div className="min-w-12 text-end">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className={strong ? 'font-bold' : ''}>{value}</dd>
    </div>
  );
}
