import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { majorOf, minorOf } from '../organise/numbers.ts';
import { managedEventQuery, organisationEventsQuery } from '../organise/queries.ts';
import { t as ofOrders } from '../wallet/words.ts';
import { type ChosenFilters, type FilterName, refundStates, statuses } from './order-filters.ts';
import { t } from './words.ts';

const statusWords = {
  pending: 'statusPending',
  confirmed: 'statusConfirmed',
  completed: 'statusCompleted',
  failed: 'statusFailed',
  expired: 'statusExpired',
  cancelled: 'statusCancelled',
  refunded: 'statusRefunded',
} as const;
const refundWords = { none: 'f_notRefunded', part: 'f_partRefunded', whole: 'f_wholeRefunded' } as const;

interface Props {
  organisationId: OrganisationId;
  chosen: ChosenFilters;
  set: (change: ChosenFilters) => void;
}

/** The filters of the list of orders. A change counts at once, and a text when its field is left or Enter is pressed. */
export function OrderFilters({ organisationId, chosen, set }: Props) {
  const count = Object.values(chosen).filter(Boolean).length;
  const [isOpen, setIsOpen] = useState(count > 0);
  const { data: events } = useQuery(organisationEventsQuery(organisationId));
  const select = (name: FilterName, label: string, options: readonly (readonly [string, string])[]) => (
    <Select label={label} value={chosen[name] ?? ''} onChange={({ target }) => set({ [name]: target.value })}>
      <option value="">{t('f_all')}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </Select>
  );
  const text = (name: FilterName, label: string) => (
    <Text label={label} value={chosen[name] ?? ''} set={(value) => set({ [name]: value })} />
  );
  return (
    <details className="mt-4" open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="w-fit cursor-pointer py-2 font-semibold">
        {count === 0 ? t('filters') : t('filtersSet', { count })}
      </summary>
      <div className="mt-2 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Select
          label={t('f_event')}
          value={chosen.event ?? ''}
          onChange={({ target }) => set({ event: target.value, type: '', least: '', most: '' })}
        >
          <option value="">{t('f_all')}</option>
          {events?.items.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
        {select(
          'status',
          t('f_status'),
          statuses.map((each) => [each, ofOrders(statusWords[each])] as const),
        )}
        {select(
          'refunded',
          t('f_refunds'),
          refundStates.map((each) => [each, t(refundWords[each])] as const),
        )}
        {select('origin', t('f_origin'), [
          ['online', t('f_online')],
          ['complimentary', t('f_complimentary')],
          ['box_office', t('f_box_office')],
          ['pass', t('f_pass')],
          ['imported', t('f_imported')],
        ])}
        {select('checkedIn', t('f_checkedIn'), [
          ['yes', t('f_yes')],
          ['no', t('f_no')],
        ])}
        <Field
          type="date"
          label={t('f_from')}
          value={chosen.from ?? ''}
          max={chosen.to || undefined}
          onChange={({ target }) => set({ from: target.value })}
        />
        <Field
          type="date"
          label={t('f_to')}
          value={chosen.to ?? ''}
          min={chosen.from || undefined}
          onChange={({ target }) => set({ to: target.value })}
        />
        {text('code', t('f_code'))}
        {text('tag', t('f_tag'))}
        {text('link', t('f_link'))}
        <Select
          label={t('f_sort')}
          value={chosen.first ?? ''}
          onChange={({ target }) => set({ first: target.value })}
        >
          <option value="">{t('f_latest')}</option>
          <option value="oldest">{t('f_oldest')}</option>
        </Select>
        {chosen.event && <OfEvent eventId={chosen.event} chosen={chosen} set={set} />}
      </div>
      <Button
        look="plain"
        className="mt-2"
        onClick={() => set(Object.fromEntries(Object.keys(chosen).map((name) => [name, ''])))}
      >
        {t('f_clear')}
      </Button>
    </details>
  );
}

/** What needs an event: its ticket types, and amounts in its currency. */
function OfEvent({ eventId, chosen, set }: { eventId: string } & Omit<Props, 'organisationId'>) {
  const { data: event } = useQuery(managedEventQuery(eventId));
  if (!event) return null;
  const { currency } = event;
  const amount = (name: 'least' | 'most', label: string) => (
    <Text
      label={label}
      inputMode="decimal"
      value={chosen[name] ? majorOf(Number(chosen[name]), currency) : ''}
      set={(typed) => {
        const minor = typed === '' ? Number.NaN : minorOf(typed, currency);
        set({ [name]: Number.isNaN(minor) ? '' : String(minor) });
      }}
    />
  );
  return (
    <>
      <Select
        label={t('f_type')}
        value={chosen.type ?? ''}
        onChange={({ target }) => set({ type: target.value })}
      >
        <option value="">{t('f_all')}</option>
        {event.ticketTypes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {amount('least', t('f_min', { currency }))}
      {amount('most', t('f_max', { currency }))}
    </>
  );
}

function Text({
  value,
  set,
  ...rest
}: {
  label: string;
  value: string;
  set: (value: string) => void;
  inputMode?: 'decimal';
}) {
  const [typed, setTyped] = useState(value);
  // The address may change the value: a cleared filter has an empty field.
  useEffect(() => setTyped(value), [value]);
  const leave = () => typed.trim() !== value && set(typed.trim());
  return (
    <Field
      {...rest}
      value={typed}
      maxLength={60}
      autoComplete="off"
      onChange={({ target }) => setTyped(target.value)}
      onBlur={leave}
      onKeyDown={({ key }) => key === 'Enter' && leave()}
    />
  );
}
