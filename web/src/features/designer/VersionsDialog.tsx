import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrganisationId, SeatPlanId } from '../../../../contract/ids.ts';
import { mostPlanVersions } from '../../../../contract/plan-fields.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { planVersionQuery } from '../seat-library/queries.ts';
import { t } from '../seat-library/words.ts';
import type { Desk } from './desk.ts';
import { PlanPicture } from './PlanPicture.tsx';
import type { PlanCamera } from './plan-camera.ts';
import { putOnDesk } from './TemplateDialog.tsx';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  organisationId: OrganisationId;
  planId: SeatPlanId;
  /** The latest version that this page knows. */
  version: number;
  onClose: () => void;
}

/** The versions of a plan of the library. One of them comes back onto the drawing as a step that can be undone. */
export function VersionsDialog({ desk, camera, organisationId, planId, version, onClose }: Props) {
  const [shown, setShown] = useState(version);
  const latest = useQuery(planVersionQuery(organisationId, planId, version));
  const one = useQuery(planVersionQuery(organisationId, planId, shown));
  const error = latest.error ?? one.error;
  const restore = () => {
    if (!one.data) return;
    putOnDesk(desk, camera, one.data.plan, t('restored', { version: shown }));
    onClose();
  };
  return (
    <Dialog title={t('versions')} closeLabel={t('close')} onClose={onClose}>
      <p className="text-muted">{t('versionsText', { count: mostPlanVersions })}</p>
      {error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(error)}
        </Notice>
      )}
      <div className="mt-3">
        {one.data ? (
          <PlanPicture plan={one.data.plan} label={t('show', { version: shown })} />
        ) : (
          <Skeleton className="aspect-4/3 w-full" />
        )}
      </div>
      <Button className="mt-3 w-full" busy={!one.data && !one.error} onClick={restore}>
        {t('restore', { version: shown })}
      </Button>
      <ul className="mt-3 divide-y divide-line">
        {latest.data?.versions.map((each) => (
          <li key={each.version}>
            <button
              type="button"
              aria-pressed={each.version === shown}
              className="numeric min-h-11 w-full px-2 py-2 text-start hover:bg-sunken aria-pressed:font-bold"
              onClick={() => setShown(each.version)}
            >
              {t('savedAt', {
                version: each.version,
                when: formatWhen(each.savedAt, ownTimeZone(), 'short'),
              })}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
