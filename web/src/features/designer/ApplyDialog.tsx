import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applySeatPlan } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { PlanChanges } from '../../../../contract/seat-plans.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { storedTypes } from '../organise/event-body.ts';
import { minorOf } from '../organise/numbers.ts';
import { sayProblem } from '../problems/say-problem.ts';
import type { Desk } from './desk.ts';
import { IssueList } from './IssueList.tsx';
import { Check } from './PanelFields.tsx';
import { PriceFields, type TypedPrice } from './PriceFields.tsx';
import type { PlanCamera } from './plan-camera.ts';
import { planChangesQuery } from './queries.ts';
import { sceneOf } from './scene.ts';
import { asTyped } from './typed-number.ts';
import type { Autosave } from './use-autosave.ts';
import { t } from './words.ts';
import { typesWithZones, ZoneChoices } from './ZoneChoices.tsx';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  autosave: Autosave;
  event: ManagedEvent;
  onEvent: (saved: ManagedEvent) => void;
  /** Somebody has changed the seat map in the form of the event meanwhile. */
  onMapChanged: () => void;
  onClose: () => void;
}

/** Makes the drawing the seat map of the event: first says what that changes and for whom, and asks for missing prices. */
export function ApplyDialog({ autosave, ...props }: Props) {
  const { event, onClose } = props;
  const saved = useQuery({
    queryKey: ['seat-plan', event.id, 'flush'],
    queryFn: () => autosave.flush(),
    gcTime: 0,
    retry: false,
  });
  const changes = useQuery({ ...planChangesQuery(event.id, saved.data ?? 0), enabled: saved.isSuccess });
  const error = saved.error ?? changes.error;
  return (
    <Dialog title={t('applyTitle')} closeLabel={t('close')} onClose={onClose}>
      {error ? (
        <Notice tone="bad" live>
          <p>{sayProblem(error)}</p>
          <Button
            look="quiet"
            size="small"
            className="mt-2"
            onClick={() => void (saved.error ? saved.refetch() : changes.refetch())}
          >
            {t('tryAgain')}
          </Button>
        </Notice>
      ) : saved.data !== undefined && changes.data ? (
        <Changes {...props} changes={changes.data} version={saved.data} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}

interface ChangesProps extends Omit<Props, 'autosave'> {
  changes: PlanChanges;
  version: number;
}

function Changes({ desk, camera, event, changes, version, onEvent, onMapChanged, onClose }: ChangesProps) {
  const { zones } = desk.document;
  const used = new Set(sceneOf(desk.document).rows.map(({ zone }) => zone));
  /** The new zone of each ticket type whose zone the drawing does not have. */
  const [newZones, setNewZones] = useState<Record<string, string>>({});
  const unsold = zones.filter(
    (zone, i) =>
      used.has(i) &&
      !event.ticketTypes.some((type) => type.zone === zone.key) &&
      !Object.values(newZones).includes(zone.key),
  );
  const [prices, setPrices] = useState<Record<string, TypedPrice>>({});
  const [tellMoved, setTellMoved] = useState(true);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [isAsked, setAsked] = useState(false);
  const typed = unsold.flatMap((zone) => {
    const price = prices[zone.key];
    return price && price.price.trim() !== '' ? [{ zone, ...price }] : [];
  });
  const apply = useMutation({
    mutationFn: () => {
      const added = typed.map(({ zone, name, price }) => ({
        name: name.trim() || zone.name,
        priceMinor: minorOf(asTyped(price), event.currency),
        pools: [],
        zone: zone.key,
      }));
      const kept = typesWithZones(storedTypes(event), newZones);
      const changesTypes = added.length > 0 || changes.withoutZone.length > 0;
      return call(applySeatPlan, {
        params: { eventId: event.id },
        ifMatch: event.version,
        body: {
          version,
          // Not only if a seat was taken when the dialog opened: people buy while it is open.
          tellMoved,
          ...(changesTypes && { ticketTypes: [...kept, ...added] }),
        } as never,
      });
    },
    onSuccess: onEvent,
    onError: (error) => {
      if (isProblem(error, 'seat_layout_changed')) onMapChanged();
    },
  });
  const undecided = changes.withoutZone.filter(({ ticketTypeId }) => !newZones[ticketTypeId]);
  const submit = () => {
    const faults = typed.filter(({ price }) => Number.isNaN(minorOf(asTyped(price), event.currency)));
    setWrong(Object.fromEntries(faults.map(({ zone }) => [zone.key, t('priceWrong')])));
    setAsked(true);
    if (faults.length === 0 && undecided.length === 0 && !apply.isPending) apply.mutate();
  };
  if (apply.isSuccess)
    return (
      <>
        <Notice tone="good" live>
          {t('applied')}
        </Notice>
        <div className="mt-5 flex justify-end">
          <Button onClick={onClose}>{t('goOn')}</Button>
        </div>
      </>
    );
  const isBlocked = changes.vanishing.length > 0 || changes.issues.length > 0;
  const nothing =
    changes.added === 0 && changes.removed === 0 && changes.renamed.length === 0 && changes.moved === 0;
  const named = (seat: { section: string; row: string; seat: string }) =>
    [seat.section, seat.row, seat.seat].filter(Boolean).join(' ');
  return (
    <div className="grid gap-4">
      <p>{t(event.status === 'published' ? 'applyOnSale' : 'applyDraft')}</p>
      <ul className="list-disc ps-5">
        {changes.added > 0 && <li>{t('seatsAdded', { count: changes.added })}</li>}
        {changes.removed > 0 && <li>{t('seatsGone', { count: changes.removed })}</li>}
        {changes.renamedTaken > 0 && <li>{t('renamedTaken', { count: changes.renamedTaken })}</li>}
        {changes.movedTaken > 0 && <li>{t('movedTaken', { count: changes.movedTaken })}</li>}
        {changes.moved > 0 && changes.movedTaken === 0 && <li>{t('movedFree', { count: changes.moved })}</li>}
        {nothing && !isBlocked && <li>{t('noSeatChanges')}</li>}
      </ul>
      {changes.vanishing.length > 0 && (
        <Notice tone="bad" title={t('vanishing', { count: changes.vanishing.length })} live>
          <p className="wrap-anywhere">{changes.vanishing.slice(0, 20).map(named).join(', ')}</p>
          <p className="mt-1">{t('vanishingText')}</p>
        </Notice>
      )}
      {changes.issues.length > 0 && (
        <Notice tone="bad" title={t('cannotApply')} live>
          <IssueList issues={changes.issues} {...{ desk, camera, onClose }} />
        </Notice>
      )}
      {changes.renamed.some(({ taken }) => taken) && (
        <details>
          <summary className="py-1 font-semibold">{t('whichRenamed')}</summary>
          <ul className="mt-1 text-sm">
            {changes.renamed
              .filter(({ taken }) => taken)
              .slice(0, 50)
              .map(({ before, after }) => (
                <li key={named(before)} className="wrap-anywhere">
                  <bdi>{named(before)}</bdi> → <bdi>{named(after)}</bdi>
                </li>
              ))}
          </ul>
        </details>
      )}
      {(changes.movedTaken > 0 || (changes.moved > 0 && event.status === 'published')) && (
        <Check label={t('tellMoved')} value={tellMoved} onChange={setTellMoved} />
      )}
      {changes.withoutZone.length > 0 && !isBlocked && (
        <ZoneChoices
          types={changes.withoutZone}
          zones={zones.filter((_, i) => used.has(i))}
          value={newZones}
          asks={isAsked}
          onChange={(id, zone) => setNewZones((before) => ({ ...before, [id]: zone }))}
        />
      )}
      {unsold.length > 0 && !isBlocked && (
        <fieldset className="grid gap-4">
          <legend className="mb-1 font-semibold">{t('unsoldTitle')}</legend>
          <p className="text-sm text-muted">{t('unsoldText')}</p>
          {unsold.map((zone) => (
            <PriceFields
              key={zone.key}
              zone={zone}
              currency={event.currency}
              value={prices[zone.key] ?? { name: zone.name, price: '' }}
              error={wrong[zone.key]}
              onChange={(price) => setPrices((before) => ({ ...before, [zone.key]: price }))}
            />
          ))}
        </fieldset>
      )}
      {apply.error && (
        <Notice tone="bad" live>
          {isProblem(apply.error, 'version_mismatch') ? t('eventChanged') : sayProblem(apply.error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
        <Button look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button busy={apply.isPending} disabledBecause={isBlocked && t('cannotApply')} onClick={submit}>
          {t(changes.renamedTaken > 0 ? 'applyAndTell' : 'applyNow')}
        </Button>
      </div>
    </div>
  );
}
