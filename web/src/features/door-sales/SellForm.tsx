import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sellAtDoor } from '../../../../client/endpoints.generated.ts';
import type { DoorSale } from '../../../../contract/door-sales.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { type DoorMethod, doorMethods } from '../../../../contract/order-origins.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PlaceFields } from '../blocks/PlaceFields.tsx';
import { bodyOf, nothingChosen, type Source, sourcesOf, useSources } from '../blocks/places.ts';
import { blocksQuery } from '../blocks/queries.ts';
import { availabilityQuery } from '../buy/availability.ts';
import { eventQuery } from '../buy/queries.ts';
import { minorOf } from '../organise/numbers.ts';
import { stepsIn } from '../prices/unit-prices.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { totalMinorOf } from './total.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  readsBlocks: boolean;
  onSold: (sale: DoorSale) => void;
}

/** Sells free places, or places of a block. Enter in any field sells. */
export function SellForm({ event, readsBlocks, onSold }: Props) {
  const client = useQueryClient();
  const { data: prices } = useQuery(eventQuery(event.id));
  const { data: blocks = [] } = useQuery({ ...blocksQuery(event.id), enabled: readsBlocks });
  const sources = [...useSources(event), ...blocks.flatMap(sourcesOf)];
  const [chosen, setChosen] = useState(nothingChosen);
  const [method, setMethod] = useState<DoorMethod>('cash');
  const [typed, setTyped] = useState({ given: '', name: '', email: '' });
  const source = sources[chosen.at];
  const { data: places } = useQuery(availabilityQuery(event.id));
  const left = stepsIn(places?.types, source?.ticketTypeId);
  const totalMinor = source && prices ? totalMinorOf(prices, source, chosen, { left, nowMs: nowMs() }) : null;
  const money = (amount: number) => ({ amount, currency: event.currency });
  const sell = useMutation({
    mutationFn: () =>
      call(sellAtDoor, {
        params: { eventId: event.id },
        body: {
          ...bodyOf(source as Source, chosen),
          payment: { method, amount: money(totalMinor ?? 0) },
          buyer: {
            ...(typed.name.trim() && { name: typed.name.trim() }),
            ...(typed.email.trim() && { email: typed.email.trim() }),
          },
        },
      }),
    onSuccess: onSold,
    onError: () => client.invalidateQueries({ queryKey: eventQuery(event.id).queryKey }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['door-totals', event.id] }),
        client.invalidateQueries({ queryKey: availabilityQuery(event.id).queryKey }),
      ]),
  });
  const givenMinor = minorOf(typed.given, event.currency);
  const short = method === 'cash' && typed.given.trim() !== '' && !(givenMinor >= (totalMinor ?? 0));
  const missing = totalMinor === null ? t('nothing') : short ? t('tooLittle') : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    // A second Enter before the answer sells nothing more.
    if (!missing && !sell.isPending) sell.mutate();
  };
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  return (
    <form className="mt-6 grid max-w-xl gap-5" onSubmit={submit} onChange={() => sell.reset()}>
      <PlaceFields sources={sources} chosen={chosen} most={100} onChange={setChosen} />
      <Select
        label={t('method')}
        value={method}
        onChange={({ target }) => setMethod(target.value as DoorMethod)}
      >
        {doorMethods.map((each) => (
          <option key={each} value={each}>
            {t(each)}
          </option>
        ))}
      </Select>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-lg">
        <span>{t('total')}</span>
        <output className="text-2xl font-bold numeric">
          <bdi>{totalMinor === null ? '–' : formatMoney(money(totalMinor))}</bdi>
        </output>
      </p>
      {method === 'cash' && (
        <Field
          label={t('given')}
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          error={short ? t('tooLittle') : undefined}
          {...field('given')}
        />
      )}
      <p role="status" className="text-lg font-semibold empty:hidden">
        {method === 'cash' &&
          totalMinor !== null &&
          givenMinor >= totalMinor &&
          t('change', { amount: formatMoney(money(givenMinor - totalMinor)) })}
      </p>
      <Field label={t('name')} autoComplete="off" maxLength={80} {...field('name')} />
      <Field
        label={t('email')}
        hint={t('emailHint')}
        type="email"
        autoComplete="off"
        maxLength={254}
        {...field('email')}
      />
      {sell.error && (
        <Notice tone="bad" live>
          {sayProblem(sell.error)}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={sell.isPending} disabledBecause={missing}>
          {t('sell', { amount: formatMoney(money(totalMinor ?? 0)) })}
        </Button>
      </div>
    </form>
  );
}
