import { type FormEvent, type ReactNode, useState } from 'react';
import type { Category } from '../../../../contract/events.ts';
import type { Currency } from '../../../../contract/money.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { categories } from '../explore/categories.ts';
import { t as categoryName } from '../explore/words.ts';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import type { Draft } from './draft.ts';
import { SeatLayoutFields } from './SeatLayoutFields.tsx';
import { TicketFields } from './TicketFields.tsx';
import { t } from './words.ts';

/** The type makes the compiler ask for each currency of the contract. */
const currencies: Record<Currency, true> = {
  EUR: true,
  USD: true,
  GBP: true,
  CHF: true,
  SEK: true,
  NOK: true,
  DKK: true,
  PLN: true,
  CZK: true,
  CAD: true,
  AUD: true,
  JPY: true,
};

interface Props {
  initial: Draft;
  /** Zones of the layout that the event has already. */
  zones: { key: string; name: string }[];
  hasSeats: boolean;
  submit: string;
  busy: boolean;
  error: unknown;
  footer?: ReactNode;
  onSubmit: (draft: Draft) => void;
}

export type SetDraft = (change: Partial<Draft>) => void;

export function EventForm({ initial, zones, hasSeats, submit, busy, error, footer, onSubmit }: Props) {
  const [draft, setDraft] = useState(initial);
  const set: SetDraft = (change) => setDraft((old) => ({ ...old, ...change }));
  const errors = sayFields(error);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit(draft);
  };
  return (
    <form onSubmit={save} className="grid gap-10">
      <Part title={t('basics')}>
        <Field
          label={t('name')}
          required
          maxLength={120}
          value={draft.title}
          onChange={(e) => set({ title: e.target.value })}
          error={errors.title}
        />
        <Field
          label={t('summary')}
          maxLength={200}
          value={draft.summary}
          onChange={(e) => set({ summary: e.target.value })}
          error={errors.summary}
        />
        <TextArea
          label={t('description')}
          hint={t('descriptionHint')}
          value={draft.description}
          onChange={(e) => set({ description: e.target.value })}
          error={errors.description}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t('category')}
            value={draft.category}
            onChange={(e) => set({ category: e.target.value as Category })}
          >
            {Object.entries(categories).map(([key, name]) => (
              <option key={key} value={key}>
                {categoryName(name)}
              </option>
            ))}
          </Select>
          <Field
            label={t('cover')}
            hint={t('coverHint')}
            inputMode="url"
            value={draft.coverUrl}
            onChange={(e) => set({ coverUrl: e.target.value })}
            error={errors.coverUrl}
          />
        </div>
      </Part>
      <Part title={t('whenWhere')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('starts')}
            type="datetime-local"
            required
            value={draft.startsAt}
            onChange={(e) => set({ startsAt: e.target.value })}
            error={errors.startsAt}
          />
          <Field
            label={t('ends')}
            type="datetime-local"
            required
            value={draft.endsAt}
            min={draft.startsAt}
            onChange={(e) => set({ endsAt: e.target.value })}
            error={errors.endsAt}
          />
          <Field
            label={t('doors')}
            type="datetime-local"
            value={draft.doorsAt}
            onChange={(e) => set({ doorsAt: e.target.value })}
            error={errors.doorsAt}
          />
          <Field
            label={t('timeZone')}
            required
            list="time-zones"
            value={draft.timeZone}
            onChange={(e) => set({ timeZone: e.target.value })}
            error={errors.timeZone}
          />
          <TimeZones />
        </div>
        <Venue draft={draft} set={set} errors={errors} />
      </Part>
      <Part title={t('tickets')}>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Select
            label={t('currency')}
            value={draft.currency}
            onChange={(e) => set({ currency: e.target.value as Currency })}
            error={errors.currency}
          >
            {Object.keys(currencies).map((code) => (
              <option key={code}>{code}</option>
            ))}
          </Select>
          <Field
            label={t('maxPerBuyer')}
            type="number"
            min={1}
            max={1000}
            required
            value={draft.maxPerBuyer}
            onChange={(e) => set({ maxPerBuyer: e.target.value })}
          />
          <Field
            label={t('holdMinutes')}
            type="number"
            min={1}
            max={60}
            required
            value={draft.holdMinutes}
            onChange={(e) => set({ holdMinutes: e.target.value })}
          />
        </div>
        <Select
          label={t('attendees')}
          value={draft.asksAttendeeNames ? 'each' : 'none'}
          onChange={(e) => set({ asksAttendeeNames: e.target.value === 'each' })}
        >
          <option value="none">{t('attendeesNone')}</option>
          <option value="each">{t('attendeesEach')}</option>
        </Select>
        <Select
          label={t('seating')}
          value={draft.reserved ? 'reserved' : 'general'}
          onChange={(e) => set({ reserved: e.target.value === 'reserved' })}
        >
          <option value="general">{t('seatingGeneral')}</option>
          <option value="reserved">{t('seatingReserved')}</option>
        </Select>
        {draft.reserved && <SeatLayoutFields draft={draft} set={set} hasSeats={hasSeats} />}
        <TicketFields
          draft={draft}
          set={set}
          zones={draft.reserved ? (draft.layout?.zones ?? zones) : []}
          errors={errors}
        />
      </Part>
      <Part title={t('refunds')}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Select
            label={t('refundsMay')}
            value={draft.refundKind}
            onChange={(e) => set({ refundKind: e.target.value as 'none' | 'until' })}
          >
            <option value="until">{t('refundUntil')}</option>
            <option value="none">{t('refundNone')}</option>
          </Select>
          {draft.refundKind === 'until' && (
            <>
              <Field
                label={t('hoursBefore')}
                type="number"
                min={0}
                max={8760}
                value={draft.hoursBefore}
                onChange={(e) => set({ hoursBefore: e.target.value })}
              />
              <Field
                label={t('feePercent')}
                type="number"
                min={0}
                max={100}
                value={draft.feePercent}
                onChange={(e) => set({ feePercent: e.target.value })}
              />
            </>
          )}
        </div>
      </Part>
      {error instanceof ApiProblem && <Problem problem={error} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" size="large" busy={busy}>
          {submit}
        </Button>
        {footer}
      </div>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-4">
      <h2 className="text-xl font-bold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}

function Venue({ draft, set, errors }: { draft: Draft; set: SetDraft; errors: Record<string, string> }) {
  const change = (part: Partial<Draft['venue']>) => set({ venue: { ...draft.venue, ...part } });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t('venue')}
        required
        maxLength={120}
        value={draft.venue.name}
        onChange={(e) => change({ name: e.target.value })}
        error={errors['venue.name']}
      />
      <Field
        label={t('address')}
        maxLength={200}
        value={draft.venue.address}
        onChange={(e) => change({ address: e.target.value })}
        error={errors['venue.address']}
      />
      <Field
        label={t('city')}
        required
        maxLength={80}
        value={draft.venue.city}
        onChange={(e) => change({ city: e.target.value })}
        error={errors['venue.city']}
      />
      <Field
        label={t('country')}
        hint={t('countryHint')}
        required
        pattern="[A-Za-z]{2}"
        maxLength={2}
        value={draft.venue.country}
        onChange={(e) => change({ country: e.target.value })}
        error={errors['venue.country']}
      />
    </div>
  );
}

function TimeZones() {
  return (
    <datalist id="time-zones">
      {Intl.supportedValuesOf('timeZone').map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

/** All that the server found, also where no field of this form stands for it. */
function Problem({ problem }: { problem: ApiProblem }) {
  const issues = Object.entries(sayFields(problem));
  return (
    <Notice tone="bad" live title={sayProblem(problem)}>
      {issues.length > 0 && (
        <ul className="list-disc ps-5">
          {issues.map(([path, message]) => (
            <li key={path}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
