import { useMemo } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { boundsOfAll } from '../../../../seat-map/outlines.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { pictureKinds, useUpload } from '../covers/use-upload.ts';
import { type Desk, useDesk } from './desk.ts';
import { NumberField, Pair } from './PanelFields.tsx';
import { sceneOf, signs } from './scene.ts';
import { t } from './words.ts';

/** What belongs to the whole plan: its figures, and the picture under the drawing. */
export function PlanFields({ desk, organisationId }: { desk: Desk; organisationId: OrganisationId }) {
  const plan = useDesk(desk, (state) => state.history.present);
  const figures = useMemo(() => {
    const scene = sceneOf(plan);
    const count = (sign: number) => scene.signs.reduce((sum, each) => sum + ((each & sign) === 0 ? 0 : 1), 0);
    return [
      ['seats', scene.count],
      ['mark.accessible', count(signs.accessible)],
      ['mark.companion', count(signs.companion)],
      ['mark.restrictedView', count(signs.restrictedView)],
      ['mark.blocked', count(signs.blocked)],
    ] as const;
  }, [plan]);
  return (
    <div className="grid gap-4">
      <dl className="divide-y divide-line">
        {figures.map(([name, count]) => (
          <div key={name} className="flex justify-between gap-3 py-2">
            <dt className="min-w-0 wrap-anywhere">{t(name)}</dt>
            <dd className="numeric font-semibold">{count}</dd>
          </div>
        ))}
      </dl>
      <Underlay desk={desk} organisationId={organisationId} />
    </div>
  );
}

/** A photo or a plan of the house to draw over. Buyers never see it. */
function Underlay({ desk, organisationId }: { desk: Desk; organisationId: OrganisationId }) {
  const background = useDesk(desk, (state) => state.history.present.background);
  const { take, isPending, wrong } = useUpload(organisationId, { large: t('pictureLarge') }, (picture) => {
    const box = boundsOfAll(desk.document.objects) ?? sceneOf(desk.document).bounds;
    const width = Math.max(Math.round(box.right - box.left), 400);
    desk.perform(
      {
        do: 'change-plan',
        fields: {
          background: {
            picture: picture.id,
            x: Math.round(box.left),
            y: Math.round(box.top),
            width,
            height: Math.round((width * picture.height) / picture.width),
            opacity: 0.5,
          },
        },
      },
      { said: t('pictureAdded') },
    );
  });
  const change = (fields: Partial<NonNullable<typeof background>>, merge: string) => {
    if (background)
      desk.perform(
        { do: 'change-plan', fields: { background: { ...background, ...fields } } },
        { merge: `picture ${merge}` },
      );
  };
  return (
    <section aria-labelledby="underlay" className="grid gap-3 border-t border-line pt-3">
      <h2 id="underlay" className="font-semibold">
        {t('picture')}
      </h2>
      <p className="text-sm text-muted">{t('pictureText')}</p>
      <label className="inline-flex min-h-11 cursor-pointer items-center justify-center justify-self-start rounded-full border border-line bg-raised px-4 text-sm font-semibold focus-within:outline-3 focus-within:outline-accent hover:bg-sunken">
        {isPending ? t('pictureLoading') : t(background ? 'pictureReplace' : 'pictureChoose')}
        <input
          type="file"
          accept={pictureKinds.join(',')}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {wrong && (
        <Notice tone="bad" live>
          {wrong}
        </Notice>
      )}
      {background && (
        <>
          <label className="grid gap-1.5">
            <span className="text-sm font-semibold">{t('opacity')}</span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={background.opacity}
              className="h-11 w-full accent-accent"
              onChange={(event) => change({ opacity: Number(event.target.value) }, 'opacity')}
            />
          </label>
          <Pair>
            <NumberField
              label={t('x')}
              value={background.x}
              min={-100_000}
              max={100_000}
              onChange={(x) => change({ x }, 'x')}
            />
            <NumberField
              label={t('y')}
              value={background.y}
              min={-100_000}
              max={100_000}
              onChange={(y) => change({ y }, 'y')}
            />
            <NumberField
              label={t('width')}
              value={background.width}
              min={1}
              max={100_000}
              hint={t('keepsShape')}
              onChange={(width) =>
                change(
                  { width, height: Math.max(Math.round((width * background.height) / background.width), 1) },
                  'width',
                )
              }
            />
          </Pair>
          <Button
            look="plain"
            size="small"
            className="justify-self-start"
            onClick={() =>
              desk.perform({ do: 'change-plan', fields: { background: null } }, { said: t('pictureRemoved') })
            }
          >
            {t('pictureRemove')}
          </Button>
        </>
      )}
    </section>
  );
}
