import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { updateEvent } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { isZonePool } from '../organise/draft.ts';
import { storedTypes } from '../organise/event-body.ts';
import { minorOf } from '../organise/numbers.ts';
import { sayProblem } from '../problems/say-problem.ts';
import type { Desk } from './desk.ts';
import { freeKey } from './new-object.ts';
import { asTyped, readNumber } from './typed-number.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  event: ManagedEvent;
  /** The section of the standing area. */
  section: string;
  onEvent: (saved: ManagedEvent) => void;
  onClose: () => void;
}

const mostPlaces = 1_000_000;

/** A pool and a ticket type for a standing area, so that it can be sold. */
export function PoolDialog({ desk, event, section, onEvent, onClose }: Props) {
  const name = desk.document.sections.find(({ key }) => key === section)?.name ?? '';
  const [typed, setTyped] = useState({ name, capacity: '200', price: '' });
  const [wrong, setWrong] = useState<{ name?: string; capacity?: string; price?: string }>({});
  const capacity = readNumber(typed.capacity);
  const priceMinor = minorOf(asTyped(typed.price), event.currency);
  const save = useMutation({
    mutationFn: async () => {
      const pools = event.pools
        .filter((pool) => !isZonePool(pool))
        .map(({ key, name: called, capacity: places }) => ({ key, name: called, capacity: places }));
      const pool = {
        key: freeKey(typed.name, event.pools),
        name: typed.name.trim(),
        capacity: capacity ?? 0,
      };
      const type = { name: typed.name.trim(), priceMinor, pools: [pool.key], zone: null };
      const saved = await call(updateEvent, {
        params: { eventId: event.id },
        ifMatch: event.version,
        body: { pools: [...pools, pool], ticketTypes: [...storedTypes(event), type] } as never,
      });
      return { saved, pool: pool.key };
    },
    onSuccess: ({ saved, pool }) => {
      onEvent(saved);
      const areas = desk.document.objects.filter(
        (object) => object.kind === 'area' && object.section === section,
      );
      desk.perform(
        { do: 'change', objects: areas.map(({ id }) => id), fields: { pool } },
        { said: t('poolMade') },
      );
      onClose();
    },
  });
  const submit = () => {
    const faults = {
      ...(typed.name.trim() === '' && { name: t('needed') }),
      ...((capacity === null || !Number.isInteger(capacity) || capacity < 0 || capacity > mostPlaces) && {
        capacity: t('between', { min: 0, max: mostPlaces }),
      }),
      ...(Number.isNaN(priceMinor) && { price: t('priceWrong') }),
    };
    setWrong(faults);
    if (Object.keys(faults).length === 0 && !save.isPending) save.mutate();
  };
  return (
    <Dialog
      title={t('newPool')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <Button busy={save.isPending} onClick={submit}>
          {t('makePool')}
        </Button>
      }
    >
      <p className="mb-4 text-muted">{t('poolText')}</p>
      <div className="grid gap-4">
        <Field
          label={t('poolName')}
          value={typed.name}
          maxLength={60}
          error={wrong.name}
          onChange={(change) => setTyped({ ...typed, name: change.target.value })}
        />
        <Field
          label={t('places')}
          inputMode="numeric"
          value={typed.capacity}
          error={wrong.capacity}
          onChange={(change) => setTyped({ ...typed, capacity: change.target.value })}
        />
        <Field
          label={t('price', { currency: event.currency })}
          inputMode="decimal"
          value={typed.price}
          error={wrong.price}
          onChange={(change) => setTyped({ ...typed, price: change.target.value })}
        />
      </div>
      {save.error && (
        <Notice tone="bad" live className="mt-4">
          {isProblem(save.error, 'version_mismatch') ? t('eventChanged') : sayProblem(save.error)}
        </Notice>
      )}
    </Dialog>
  );
}
