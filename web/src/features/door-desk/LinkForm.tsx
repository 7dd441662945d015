import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { makeDoorLink } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Id, TicketTypeId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Check } from './Check.tsx';
import { expiryOf, type LinkEnd, linkEndsFor } from './link-ends.ts';
import { doorKey, doorSettingsQuery } from './queries.ts';
import { t } from './words.ts';

/** A link with its secret, which the server tells only once. */
export interface MadeLink {
  label: string;
  gate: string | null;
  url: string;
  expiresAt: string;
}

interface Props {
  event: ManagedEvent;
  onMade: (link: MadeLink) => void;
  onClose: () => void;
}

/** Makes a door link. */
export function LinkForm({ event, onMade, onClose }: Props) {
  const client = useQueryClient();
  const ends = linkEndsFor(event.endsAt, nowMs());
  const [label, setLabel] = useState('');
  const [gate, setGate] = useState('');
  const [checkpointId, setCheckpoint] = useState<Id<'checkpoint'> | ''>('');
  const checkpoints = useQuery(doorSettingsQuery(event.id)).data?.checkpoints ?? [];
  const [end, setEnd] = useState<LinkEnd>(ends[0] as LinkEnd);
  const [seesNames, setSeesNames] = useState(true);
  const [left, setLeft] = useState<readonly TicketTypeId[]>([]);
  const types = event.ticketTypes.map(({ id }) => id).filter((id) => !left.includes(id));
  const make = useMutation({
    mutationFn: () =>
      call(makeDoorLink, {
        params: { eventId: event.id },
        body: {
          label: label.trim(),
          ...(gate.trim() && { gate: gate.trim() }),
          ...(checkpointId && { checkpointId }),
          ...(left.length > 0 && { ticketTypeIds: types }),
          seesNames,
          expiresAt: new Date(expiryOf(end, event.endsAt, nowMs())).toISOString(),
        },
      }),
    onSuccess: ({ link, url }) => {
      void client.invalidateQueries({ queryKey: doorKey(event.id) });
      onMade({ label: link.label, gate: link.gate, expiresAt: link.expiresAt, url });
    },
  });
  const missing = !label.trim() ? t('labelMissing') : types.length === 0 ? t('typesMissing') : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !make.isPending) make.mutate();
  };
  return (
    <Dialog title={t('add')} closeLabel={t('close')} onClose={onClose}>
      <form className="grid gap-5" onSubmit={submit} onChange={() => make.reset()}>
        <Field
          label={t('label')}
          hint={t('labelHint')}
          value={label}
          maxLength={80}
          onChange={({ target }) => setLabel(target.value)}
        />
        <Field
          label={t('gate')}
          hint={t('gateHint')}
          value={gate}
          maxLength={40}
          onChange={({ target }) => setGate(target.value)}
        />
        {checkpoints.length > 0 && (
          <Select
            label={t('checkpoint')}
            value={checkpointId}
            onChange={({ target }) => setCheckpoint(target.value as Id<'checkpoint'> | '')}
          >
            <option value="">{t('entrance')}</option>
            {checkpoints.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Select label={t('ends')} value={end} onChange={({ target }) => setEnd(target.value as LinkEnd)}>
          {ends.map((each) => (
            <option key={each} value={each}>
              {t(`end.${each}`)}
            </option>
          ))}
        </Select>
        {event.ticketTypes.length > 1 && (
          <fieldset>
            <legend className="mb-1.5 text-sm font-semibold">{t('types')}</legend>
            {event.ticketTypes.map(({ id, name }) => (
              <Check
                key={id}
                label={<bdi>{name}</bdi>}
                checked={!left.includes(id)}
                onChange={(on) => setLeft(on ? left.filter((each) => each !== id) : [...left, id])}
              />
            ))}
          </fieldset>
        )}
        <Check label={t('seesNames')} checked={seesNames} onChange={setSeesNames} />
        <div aria-live="polite">{make.error && <Notice tone="bad">{sayProblem(make.error)}</Notice>}</div>
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={make.isPending} disabledBecause={missing}>
            {t('make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
