import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { deleteLibraryPlan, getLibraryPlan } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { LibraryEntry } from '../../../../contract/seat-plans.ts';
import { emptyPlan } from '../../../../seat-map/make-objects.ts';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { makeTemplate, type TemplateWords, templateNames } from '../../../../seat-map/templates.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { Desk } from './desk.ts';
import { newId } from './new-object.ts';
import { PlanPicture } from './PlanPicture.tsx';
import type { PlanCamera } from './plan-camera.ts';
import { libraryQuery } from './queries.ts';
import { sceneOf } from './scene.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  organisationId: OrganisationId;
  onClose: () => void;
}

/** Rooms to begin with: templates, and the plans of the organisation's library. */
export function TemplateDialog({ desk, camera, organisationId, onClose }: Props) {
  const rooms = useMemo(
    () => templateNames.map((name) => ({ name, plan: makeTemplate(name, templateWords(), newId) })),
    [],
  );
  const put = (plan: SeatPlanDocument, name: string) => {
    putOnDesk(desk, camera, plan, t('templateUsed', { name }));
    onClose();
  };
  const isEmpty = desk.document.objects.length === 0;
  return (
    <Dialog title={t('templates')} closeLabel={t('close')} onClose={onClose}>
      <p className="text-muted">{t('templatesText')}</p>
      <ul className="mt-4 grid grid-cols-2 gap-3">
        {rooms.map(({ name, plan }) => (
          <li key={name}>
            <button
              type="button"
              className="w-full rounded-card border border-line p-2 text-start hover:border-accent"
              onClick={() => put(plan, t(`template.${name}`))}
            >
              <PlanPicture plan={plan} />
              <span className="mt-2 block font-semibold wrap-anywhere">
                {t('useTemplate', { name: t(`template.${name}`) })}
              </span>
              <span className="numeric block text-sm text-muted">
                {t('seatCount', { count: sceneOf(plan).count })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button
        look="quiet"
        className="mt-3"
        onClick={() => {
          if (!isEmpty) putOnDesk(desk, camera, emptyPlan(), '');
          onClose();
        }}
      >
        {t('startEmpty')}
      </Button>
      <Library organisationId={organisationId} onUse={put} />
    </Dialog>
  );
}

function Library({
  organisationId,
  onUse,
}: {
  organisationId: OrganisationId;
  onUse: (plan: SeatPlanDocument, name: string) => void;
}) {
  const client = useQueryClient();
  const query = libraryQuery(organisationId);
  const { data, error } = useQuery(query);
  const use = useMutation({
    mutationFn: ({ id: planId }: LibraryEntry) =>
      call(getLibraryPlan, { params: { organisationId, planId }, query: {} }),
    onSuccess: ({ plan, name }) => onUse(plan, name),
  });
  const remove = useMutation({
    mutationFn: ({ id: planId }: LibraryEntry) =>
      call(deleteLibraryPlan, { params: { organisationId, planId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const wrong = error ?? use.error ?? remove.error;
  return (
    <section aria-labelledby="library" className="mt-6 border-t border-line pt-4">
      <h3 id="library" className="font-bold">
        {t('library')}
      </h3>
      {wrong && (
        <Notice tone="bad" live className="mt-2">
          {sayProblem(wrong)}
        </Notice>
      )}
      {data?.items.length === 0 && <p className="mt-2 text-muted">{t('libraryEmpty')}</p>}
      <ul className="mt-2 divide-y divide-line">
        {data?.items.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <p className="min-w-0 wrap-anywhere">
              <bdi className="font-semibold">{entry.name}</bdi>{' '}
              <span className="numeric text-sm text-muted">{t('seatCount', { count: entry.seatCount })}</span>
            </p>
            <span className="flex gap-1">
              <Button look="quiet" size="small" busy={use.isPending} onClick={() => use.mutate(entry)}>
                {t('useTemplate', { name: entry.name })}
              </Button>
              <Button
                look="plain"
                size="small"
                aria-label={`${t('libraryDelete')}: ${entry.name}`}
                onClick={() => remove.mutate(entry)}
              >
                {t('remove')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Replaces the drawing, as one step that can be undone, and shows all of it. */
export function putOnDesk(desk: Desk, camera: PlanCamera, plan: SeatPlanDocument, said: string): void {
  desk.replace(plan, said);
  camera.show(boundsOfAll(plan.objects) ?? sceneOf(plan).bounds);
}

const templateWords = (): TemplateWords => ({
  stage: t('kind.stage'),
  screen: t('room.screen'),
  pitch: t('room.pitch'),
  bar: t('room.bar'),
  stalls: t('room.stalls'),
  circle: t('room.circle'),
  boxes: t('newBoxes'),
  floor: t('room.floor'),
  standing: t('newArea'),
  block: t('newBlock'),
  tables: t('newTables'),
  rows: t('kind.rows'),
  balcony: t('room.balcony'),
  lower: t('room.lower'),
  upper: t('room.upper'),
  best: t('room.best'),
  good: t('room.good'),
  standard: t('room.standard'),
});
