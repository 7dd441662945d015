import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { blockPlaces } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { currentPlanQuery } from './queries.ts';
import { t } from './words.ts';

/** Blocks places of a ticket type without numbers, or neighbouring seats of one row. Lists work with keyboard and thumb. */
export function BlockForm({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const plan = useQuery({ ...currentPlanQuery(event.id), enabled: event.hasSeatMap });
  const unnumbered = event.ticketTypes.filter(({ zone }) => !zone);
  const rows = (plan.data?.sections ?? []).flatMap(({ name, rows: ofSection }) =>
    ofSection.map((row) => ({ name: `${name} · ${row.label}`, seats: row.seats })),
  );
  const options = [...unnumbered.map(({ name }) => name), ...rows.map(({ name }) => name)];
  const [label, setLabel] = useState('');
  const [at, setAt] = useState(0);
  const [quantity, setQuantity] = useState('1');
  const [first, setFirst] = useState(0);
  const [last, setLast] = useState(0);
  const row = rows[at - unnumbered.length];
  const type = unnumbered[at];
  const choose = (index: number) => {
    setAt(index);
    setFirst(0);
    setLast(0);
  };
  const block = useMutation({
    mutationFn: () => {
      const places = row
        ? {
            seats: row.seats.slice(first, last + 1).map(({ id }) => ({ seatId: id })),
            seatMapId: plan.data?.id,
          }
        : { items: [{ ticketTypeId: type?.id as TicketTypeId, quantity: Number(quantity) }] };
      return call(blockPlaces, { params: { eventId: event.id }, body: { label: label.trim(), ...places } });
    },
    onSuccess: () => {
      setLabel('');
      return client.invalidateQueries({ queryKey: ['blocks', event.id] });
    },
  });
  const missing = !label.trim() ? t('labelMissing') : !row && !type ? t('nothing') : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !block.isPending) block.mutate();
  };
  return (
    <form className="mt-6 grid max-w-xl gap-5" onSubmit={submit} onChange={() => block.reset()}>
      <Field
        label={t('label')}
        hint={t('labelHint')}
        value={label}
        maxLength={80}
        onChange={({ target }) => setLabel(target.value)}
      />
      <Select label={t('where')} value={String(at)} onChange={({ target }) => choose(Number(target.value))}>
        {options.map((name, index) => (
          <option key={name} value={index}>
            {name}
          </option>
        ))}
      </Select>
      {row ? (
        <div className="grid gap-5 sm:grid-cols-2">
          <Select
            label={t('first')}
            value={String(first)}
            onChange={({ target }) => {
              setFirst(Number(target.value));
              setLast(Math.max(last, Number(target.value)));
            }}
          >
            {row.seats.map(({ id, label: seat }, index) => (
              <option key={id} value={index}>
                {seat}
              </option>
            ))}
          </Select>
          <Select
            label={t('last')}
            value={String(last)}
            onChange={({ target }) => setLast(Number(target.value))}
          >
            {row.seats.map(({ id, label: seat }, index) => (
              <option key={id} value={index} disabled={index < first}>
                {seat}
              </option>
            ))}
          </Select>
        </div>
      ) : (
        <Field
          label={t('quantity')}
          type="number"
          inputMode="numeric"
          min={1}
          max={100_000}
          value={quantity}
          onChange={({ target }) => setQuantity(target.value)}
        />
      )}
      <div aria-live="polite">
        {block.error && <Notice tone="bad">{sayProblem(block.error)}</Notice>}
        {block.data && <Notice tone="good">{t('done', { count: block.data.places })}</Notice>}
      </div>
      <div>
        <Button type="submit" busy={block.isPending} disabledBecause={missing}>
          {t('block')}
        </Button>
      </div>
    </form>
  );
}
