import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  archiveEvent,
  copyEvent,
  deleteEvent,
  unarchiveEvent,
} from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { settle, useEventAct } from './queries.ts';
import { SaleStop } from './SaleStop.tsx';
import { t } from './words.ts';

/** What can be done with a whole event: stop its sale, copy it, archive it, delete it. */
export function EventShelf({ event }: { event: ManagedEvent }) {
  const act = useEventAct(event.id);
  const [asks, setAsks] = useState<'copy' | 'delete' | null>(null);
  const mayInAll = useMay(event.organisation.id);
  const params = { eventId: event.id };
  const isArchived = event.archivedAt !== null;
  const isFresh = event.status === 'draft' && event.publishedAt === null;
  return (
    <section aria-labelledby="shelf" className="mt-12 grid gap-4 border-t border-line pt-8">
      <h2 id="shelf" className="text-xl font-bold tracking-tight">
        {t('shelf')}
      </h2>
      <div className="flex flex-wrap gap-3">
        <Button
          look="quiet"
          disabledBecause={!mayInAll('events.edit') && t('copyMayNot')}
          onClick={() => setAsks('copy')}
        >
          {t('copy')}
        </Button>
        {!event.cancellation && mayInAll('events.edit') && (
          <Link to={paths.eventRepeat} params={{ eventId: event.id }} className={buttonClass('quiet')}>
            {t('repeat')}
          </Link>
        )}
        <Button
          look="quiet"
          busy={act.isPending}
          disabledBecause={!isArchived && event.status === 'published' && t('archiveNot')}
          onClick={() =>
            act.mutate((version) =>
              isArchived
                ? call(unarchiveEvent, { params, ifMatch: version })
                : call(archiveEvent, { params, ifMatch: version }),
            )
          }
        >
          {t(isArchived ? 'unarchive' : 'archive')}
        </Button>
        <Button look="quiet" disabledBecause={!isFresh && t('deleteNot')} onClick={() => setAsks('delete')}>
          {t('deleteDraft')}
        </Button>
      </div>
      <div aria-live="polite">
        {isArchived && <Notice>{t('isArchived')}</Notice>}
        {act.isError && <Notice tone="bad">{sayProblem(act.error)}</Notice>}
      </div>
      <SaleStop event={event} />
      {asks === 'copy' && <CopyDialog event={event} onClose={() => setAsks(null)} />}
      {asks === 'delete' && <DeleteDialog event={event} onClose={() => setAsks(null)} />}
    </section>
  );
}

function CopyDialog({ event, onClose }: { event: ManagedEvent; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const once = useAct();
  const [title, setTitle] = useState(event.title);
  const [typed, setTyped] = useState('');
  const [codes, setCodes] = useState(false);
  const [tried, setTried] = useState(false);
  const startsAt = instantOf(typed, event.timeZone);
  const copy = useMutation({
    mutationFn: () =>
      call(copyEvent, {
        params: { eventId: event.id },
        body: { title: title.trim(), startsAt: startsAt ?? '', promoCodes: codes },
        act: once,
      }),
    onSuccess: (made) => {
      settle(client, made);
      return navigate({ to: paths.editEvent, params: { eventId: made.id, step: 'basics' } });
    },
  });
  const submit = () => {
    setTried(true);
    if (startsAt !== null && title.trim() !== '' && !copy.isPending) copy.mutate();
  };
  return (
    <Dialog
      title={t('copyTitle')}
      closeLabel={t('cancel')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={copy.isPending} onClick={submit}>
            {t('copyDo')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p>{t('copyText')}</p>
        <Field
          label={t('copyName')}
          maxLength={120}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
          error={tried && title.trim() === '' ? t('nameMissing') : undefined}
        />
        <Field
          label={t('copyStarts')}
          type="datetime-local"
          hint={t('timesAreOf', { zone: event.timeZone })}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={tried && startsAt === null ? t('timeMissing') : undefined}
        />
        {event.promoCodes.length > 0 && (
          <label className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              checked={codes}
              onChange={({ target }) => setCodes(target.checked)}
            />
            {t('copyCodes')}
          </label>
        )}
        {copy.isError && (
          <Notice tone="bad" live>
            {sayProblem(copy.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

function DeleteDialog({ event, onClose }: { event: ManagedEvent; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call(deleteEvent, { params: { eventId: event.id }, ifMatch: event.version }),
    onSuccess: async () => {
      await navigate({ to: paths.organise, search: { org: event.organisation.id } });
      client.removeQueries({ queryKey: ['managed', event.id] });
      await client.invalidateQueries({ queryKey: ['managed', 'of'] });
    },
  });
  return (
    <Dialog
      title={t('deleteTitle', { title: event.title })}
      closeLabel={t('cancel')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('deleteDo')}
          </Button>
        </>
      }
    >
      <p>{t('deleteText')}</p>
      {remove.isError && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(remove.error)}
        </Notice>
      )}
    </Dialog>
  );
}
