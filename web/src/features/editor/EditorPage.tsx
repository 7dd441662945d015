import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import { meQuery } from '../../api/session.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { MoveDialog, movesEvent } from '../organise/MoveDialog.tsx';
import { OthersChanges } from '../organise/OthersChanges.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { PreviewPane } from './PreviewPane.tsx';
import { SaveLine } from './SaveLine.tsx';
import { StepContent } from './StepContent.tsx';
import { StepList } from './StepList.tsx';
import { isStep, stepAfter, stepBefore } from './steps.ts';
import { useEditor } from './use-editor.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/edit/$step');

export function EditorPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const { data: me } = useSuspenseQuery(meQuery);
  const may = useMay(event.organisation.id, event.id);
  useTitle(event.title);
  if (!me) return <SignInFirst next={paths.organise} />;
  if (event.cancellation || !may('events.edit'))
    return (
      <div className="page py-10">
        <Notice tone="warn">{t(event.cancellation ? 'editorCancelled' : 'editorMayNot')}</Notice>
      </div>
    );
  return <Editor key={event.id} event={event} userId={me.id} />;
}

function Editor({ event, userId }: { event: ManagedEvent; userId: string }) {
  const params = route.useParams();
  const step = isStep(params.step) ? params.step : 'basics';
  const editor = useEditor(event, userId);
  const { form, changes } = editor;
  const [shown, setShown] = useState(() => matchMedia('(min-width: 80rem)').matches);
  const [moving, setMoving] = useState<EventPatch | null>(null);
  const [before, after] = [stepBefore(step), stepAfter(step)];
  const save = () => {
    const body = editor.sendable();
    if (movesEvent(event, body)) setMoving(body);
    else void editor.save();
  };
  const open = changes.filter(({ mineToo }) => mineToo);
  return (
    <div className={`page py-6 sm:py-10 ${shown ? 'max-w-[96rem]' : 'max-w-5xl'}`}>
      <Link to={paths.managedEvent} params={{ eventId: event.id }} className={backLink}>
        <Icon name="left" size={18} />
        {t('toEvent')}
      </Link>
      <header className="mb-6 mt-2 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-title font-extrabold wrap-anywhere">
            <bdi>{form.watch('title').trim() || event.title}</bdi>
          </h1>
          <SaveLine state={editor.state} />
        </div>
        <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'hidePreview' : 'showPreview')}
        </Button>
      </header>
      <div
        className={`grid gap-8 lg:grid-cols-[14rem_minmax(0,1fr)] ${shown ? 'xl:grid-cols-[13rem_minmax(0,1fr)_minmax(0,28rem)]' : ''}`}
      >
        <div className="lg:sticky lg:top-24 lg:self-start">
          <StepList eventId={event.id} step={step} gaps={event.gaps} isDraft={event.status === 'draft'} />
        </div>
        <div className="grid min-w-0 content-start gap-6">
          {editor.isRestored && <Notice>{t('restored')}</Notice>}
          {changes.length > 0 && (
            <OthersChanges
              form={form}
              changes={changes}
              refused={false}
              onTaken={editor.dropChange}
              keep={{ label: t('keepMine'), onKept: editor.dropChange }}
            />
          )}
          {!editor.savesItself && <Notice>{t('published')}</Notice>}
          <form
            noValidate
            className="grid gap-6"
            onSubmit={(submitted) => {
              submitted.preventDefault();
              if (editor.savesItself) void editor.save();
              else save();
            }}
          >
            <h2 className="text-2xl font-bold tracking-tight">{t(`step_${step}`)}</h2>
            <StepContent step={step} form={form} event={event} base={editor.base} flush={editor.flush} />
            {!editor.savesItself && step !== 'publish' && (
              <div>
                <Button
                  type="submit"
                  size="large"
                  busy={editor.state.kind === 'saving'}
                  disabledBecause={open.length > 0 && t('chooseFirst')}
                >
                  {t('saveChanges')}
                </Button>
              </div>
            )}
          </form>
          <div className="flex flex-wrap justify-between gap-3 border-t border-line pt-6">
            {before ? (
              <Link
                to={paths.editEvent}
                params={{ eventId: event.id, step: before }}
                className={buttonClass('quiet')}
              >
                <Icon name="left" size={18} />
                {t(`step_${before}`)}
              </Link>
            ) : (
              <span />
            )}
            {after && (
              <Link
                to={paths.editEvent}
                params={{ eventId: event.id, step: after }}
                className={buttonClass()}
              >
                {t(`step_${after}`)}
                <Icon name="right" size={18} />
              </Link>
            )}
          </div>
        </div>
        {shown && (
          <div className="min-w-0 max-xl:row-start-1 lg:max-xl:col-span-2 xl:sticky xl:top-24 xl:max-h-[calc(100dvh-7rem)] xl:self-start xl:overflow-y-auto">
            <PreviewPane form={form} event={event} />
          </div>
        )}
      </div>
      {moving && (
        <MoveDialog
          event={event}
          body={moving}
          onClose={() => setMoving(null)}
          onSave={(offer) => {
            setMoving(null);
            void editor.save(offer);
          }}
        />
      )}
    </div>
  );
}
