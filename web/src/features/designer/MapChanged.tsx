import { useMutation } from '@tanstack/react-query';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { Desk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sceneOf } from './scene.ts';
import type { Autosave } from './use-autosave.ts';
import type { SaleMap } from './use-sale-map.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  autosave: Autosave;
  saleMap: SaleMap;
}

/** The seat map was changed in the form of the event or over the API since the drawing: asks which of the two counts. */
export function MapChanged({ desk, camera, autosave, saleMap }: Props) {
  const decide = useMutation({
    mutationFn: async (takes: boolean) => {
      if (takes) {
        desk.replace(await saleMap.take(), t('mapTaken'));
        const plan = desk.document;
        camera.show(boundsOfAll(plan.objects) ?? sceneOf(plan).bounds);
      } else saleMap.replace();
      await autosave.saveAnew();
    },
  });
  if (!saleMap.isChanged) return null;
  return (
    <Notice tone="warn" title={t('mapChanged')} className="m-2" live>
      <p>{t('mapChangedText')}</p>
      {decide.error && <p className="mt-1 text-bad">{sayProblem(decide.error)}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button look="quiet" size="small" busy={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('takeMap')}
        </Button>
        <Button look="quiet" size="small" busy={decide.isPending} onClick={() => decide.mutate(false)}>
          {t('keepDrawing')}
        </Button>
      </div>
    </Notice>
  );
}
