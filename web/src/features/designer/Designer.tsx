import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { OrganisationId, SeatPlanId } from '../../../../contract/ids.ts';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { Button } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import { isZonePool } from '../organise/draft.ts';
import { ApplyDialog } from './ApplyDialog.tsx';
import { createDesk, useDesk } from './desk.ts';
import { FileDialog } from './FileDialog.tsx';
import { keptPlan } from './kept-plan.ts';
import { LibraryButtons } from './LibraryButtons.tsx';
import { MapChanged } from './MapChanged.tsx';
import { ObjectList } from './ObjectList.tsx';
import { Panel, type Tab } from './Panel.tsx';
import { PlanCanvas } from './PlanCanvas.tsx';
import { PoolDialog } from './PoolDialog.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import { createPlanCamera } from './plan-camera.ts';
import { takenSeatsQuery } from './queries.ts';
import { ConflictDialog, SaveStatus } from './SaveStatus.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { sceneOf } from './scene.ts';
import { TemplateDialog } from './TemplateDialog.tsx';
import { Toolbar } from './Toolbar.tsx';
import { type PlanPlace, type SavedVersion, useAutosave } from './use-autosave.ts';
import { usePicture } from './use-picture.ts';
import { type DeskProblem, useProblems } from './use-problems.ts';
import type { SaleMap } from './use-sale-map.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { VersionsDialog } from './VersionsDialog.tsx';
import { ViewButtons } from './ViewButtons.tsx';
import { t } from './words.ts';

interface Props {
  title: string;
  back: LinkProps;
  /** The event that the plan is of; null in the library. */
  event: ManagedEvent | null;
  organisationId: OrganisationId;
  start: SavedVersion;
  place: PlanPlace;
  /** Whether somebody changes the seat map beside the drawing; null in the library. */
  saleMap: SaleMap | null;
  onEvent: (saved: ManagedEvent) => void;
}

type Open = 'templates' | 'files' | 'keys' | 'apply' | 'preview' | 'versions' | null;

/** Drawing a room: tools above, objects and fields beside the drawing, and everything by keyboard as well. */
export function Designer({ title, back, event, organisationId, start, place, saleMap, onEvent }: Props) {
  const kept = useMemo(() => keptPlan(place.owner), [place.owner]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the desk is made once; what others save comes by the autosave
  const desk = useMemo(() => createDesk(kept?.plan ?? start.plan), [place.owner]);
  const camera = useMemo(() => createPlanCamera(), []);
  const [open, setOpen] = useState<Open>(start.plan.objects.length === 0 && !kept ? 'templates' : null);
  const [tab, setTab] = useState<Tab>('selection');
  const [note, setNote] = useState<string | null>(null);
  const [poolOf, setPoolOf] = useState<string | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const autosave = useAutosave(desk, place, start, (name, count) =>
    setNote(name ? t('mergedBy', { name, count }) : t('merged', { count })),
  );
  // What this tab kept goes on from the version that it was drawn on.
  useEffect(() => {
    if (!kept) return;
    setNote(t('kept'));
    autosave.rejoin({ plan: kept.base, version: kept.version, savedBy: null }, start);
  }, [kept, autosave, start]);
  useEffect(() => {
    const plan = desk.document;
    camera.show(boundsOfAll(plan.objects) ?? sceneOf(plan).bounds, true);
  }, [camera, desk]);

  const taken = useTaken(event);
  const problems = useProblems(desk, event, taken);
  const marked = useMemo(() => markedBy(problems), [problems]);
  const said = useDesk(desk, (state) => state.said);
  const picture = usePicture(desk);
  const close = () => setOpen(null);
  const onKeyDown = useShortcuts(desk, camera, {
    help: () => setOpen('keys'),
    save: () => void autosave.flush().catch(() => {}),
  });
  const edit = () => {
    setTab('selection');
    // The fields may only appear with this press.
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('input, select')?.focus());
  };
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const pools = (event?.pools ?? []).filter((pool) => !isZonePool(pool));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the drawing and the list, which bubble up to here
    <div className="flex flex-col lg:h-[calc(100dvh-4rem-1px)]" onKeyDown={onKeyDown}>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-3 py-2 sm:px-4">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3">
          <Link {...back} className={backLink}>
            <Icon name="left" size={18} />
            <bdi className="min-w-0 wrap-anywhere">{title}</bdi>
          </Link>
          <h1 tabIndex={-1} className="text-lg font-bold">
            {t('title')}
          </h1>
          <SaveStatus autosave={autosave} whenAsked={place.whenAsked === true} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button look="quiet" size="small" onClick={() => setOpen('templates')}>
            {t('templates')}
          </Button>
          <Button look="quiet" size="small" onClick={() => setOpen('files')}>
            {t('files')}
          </Button>
          <Button look="quiet" size="small" onClick={() => setOpen('preview')}>
            {t('preview')}
          </Button>
          {place.whenAsked && <LibraryButtons autosave={autosave} onVersions={() => setOpen('versions')} />}
          {event && (
            <Button
              size="small"
              disabledBecause={errors > 0 && t('fixFirst', { count: errors })}
              onClick={() => setOpen('apply')}
            >
              {t('apply')}
            </Button>
          )}
        </div>
      </header>
      <Toolbar desk={desk} />
      {saleMap && <MapChanged {...{ desk, camera, autosave, saleMap }} />}
      {note && (
        <Notice className="m-2" live>
          <p>{note}</p>
          <Button look="plain" size="small" onClick={() => setNote(null)}>
            {t('close')}
          </Button>
        </Notice>
      )}
      <div className="grid min-h-0 grow lg:grid-cols-[15rem_minmax(0,1fr)_21rem] lg:grid-rows-[minmax(0,1fr)]">
        <section
          aria-label={t('drawing')}
          className="relative h-[55dvh] min-h-72 border-b border-line bg-sunken lg:order-2 lg:h-auto lg:border-b-0"
        >
          <PlanCanvas desk={desk} camera={camera} marked={marked} picture={picture} taken={taken} />
          <ViewButtons desk={desk} camera={camera} onHelp={() => setOpen('keys')} />
        </section>
        <Panel
          ref={panel}
          {...{ desk, camera, event, organisationId, tab, problems, pools, taken }}
          onTab={setTab}
          onNewPool={event ? setPoolOf : null}
        />
        <section
          aria-labelledby="objects-title"
          className="border-line p-3 max-lg:border-t lg:order-1 lg:overflow-y-auto lg:border-e"
        >
          <h2 id="objects-title" className="mb-2 font-bold">
            {t('objects')}
          </h2>
          <ObjectList desk={desk} camera={camera} onEdit={edit} />
        </section>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      <ConflictDialog desk={desk} autosave={autosave} />
      <Unsaved isDirty={() => autosave.isBehind()} />
      {open === 'templates' && <TemplateDialog {...{ desk, camera, organisationId }} onClose={close} />}
      {open === 'files' && (
        <FileDialog {...{ desk, camera, title, organisationId }} inEvent={event !== null} onClose={close} />
      )}
      {open === 'keys' && <ShortcutsDialog onClose={close} />}
      {open === 'preview' && <PreviewDialog desk={desk} event={event} onClose={close} />}
      {open === 'apply' && event && (
        <ApplyDialog
          {...{ desk, camera, autosave, event, onEvent }}
          onMapChanged={() => void saleMap?.check()}
          onClose={close}
        />
      )}
      {open === 'versions' && (
        <VersionsDialog
          {...{ desk, camera, organisationId }}
          planId={place.owner.drawingId as SeatPlanId}
          version={autosave.version}
          onClose={close}
        />
      )}
      {poolOf !== null && event && (
        <PoolDialog {...{ desk, event, onEvent }} section={poolOf} onClose={() => setPoolOf(null)} />
      )}
    </div>
  );
}

/** The keys of seats that somebody has; empty while nobody can have one. */
function useTaken(event: ManagedEvent | null): ReadonlySet<string> {
  const { data } = useQuery({ ...takenSeatsQuery(event?.id ?? 'evt_'), enabled: event?.hasSeatMap === true });
  return useMemo(() => new Set([...(data?.sold ?? []), ...(data?.held ?? [])]), [data]);
}

function markedBy(problems: readonly DeskProblem[]): ReadonlySet<string> {
  return new Set(
    problems.flatMap(({ object, severity }) => (object && severity === 'error' ? [object] : [])),
  );
}
