import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getLibraryPlan } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { LibraryEntry } from '../../../../contract/seat-plans.ts';
import { emptyPlan } from '../../../../seat-map/make-objects.ts';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { makeTemplate, type TemplateWords, templateNames } from '../../../../seat-map/templates.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { LibraryList } from '../seat-library/LibraryList.tsx';
import type { Desk } from './desk.ts';
import { newId } from './new-object.ts';
import { PlanPicture } from './PlanPicture.tsx';
import type { PlanCamera } from './plan-camera.ts';
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
  const may = useMay(organisationId);
  const use = useMutation({
    mutationFn: ({ id: planId }: LibraryEntry) =>
      call(getLibraryPlan, { params: { organisationId, planId }, query: {} }),
    onSuccess: ({ plan, name }) => onUse(plan, name),
  });
  return (
    <section aria-labelledby="library" className="mt-6 border-t border-line pt-4">
      <h3 id="library" className="font-bold">
        {t('library')}
      </h3>
      {use.error && (
        <Notice tone="bad" live className="mt-2">
          {sayProblem(use.error)}
        </Notice>
      )}
      <LibraryList
        organisationId={organisationId}
        mayEdit={may('events.edit')}
        onUse={(entry) => use.mutate(entry)}
        isBusy={use.isPending}
      />
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
