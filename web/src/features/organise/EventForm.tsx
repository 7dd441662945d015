import { type ReactNode, useMemo } from 'react';
import { currencies } from '../../../../contract/currencies.ts';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { categories } from '../explore/categories.ts';
import { t as categoryName } from '../explore/words.ts';
import { type ContractForm, useContractForm } from '../forms/use-contract-form.ts';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import { type Draft, eventForm, fieldOf } from './draft.ts';
import { PromoFields } from './PromoFields.tsx';
import { SeatLayoutFields } from './SeatLayoutFields.tsx';
import { TicketFields } from './TicketFields.tsx';
import { t } from './words.ts';

interface Props {
  initial: Draft;
  /** The present event; null for a new one. */
  before: ManagedEvent | null;
  /** The zones of the event's present layout. */
  zones: { key: string; name: string }[];
  submit: string;
  busy: boolean;
  error: Error | null;
  footer?: ReactNode;
  onSubmit: (body: EventPatch, onRefused: (error: unknown) => void) => void;
}

export type DraftForm = ContractForm<Draft>;

export function EventForm({ initial, before, zones, submit, busy, error, footer, onSubmit }: Props) {
  const schema = useMemo(() => eventForm(before), [before]);
  const form = useContractForm(schema, initial, fieldOf);
  const save = form.handleSubmit((body) => {
    if (!busy) onSubmit(body, form.showRefusal);
  });
  const [seating, layout] = form.watch(['seating', 'layout']);
  return (
    <form noValidate onSubmit={save} className="grid gap-10">
      <Basics form={form} />
      <WhenAndWhere form={form} />
      <Part title={t('tickets')}>
        <Rules form={form} />
        {seating === 'reserved' && <SeatLayoutFields form={form} hasSeats={before?.hasSeatMap ?? false} />}
        <TicketFields form={form} zones={seating === 'reserved' ? (layout?.zones ?? zones) : []} />
        <PromoFields form={form} before={before} />
      </Part>
      <Refunds form={form} />
      {error && <Problem error={error} isShown={form.standsFor(error)} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" size="large" busy={busy}>
          {submit}
        </Button>
        {footer}
      </div>
    </form>
  );
}

function Basics({ form }: { form: DraftForm }) {
  return (
    <Part title={t('basics')}>
      <Field label={t('name')} aria-required {...form.field('title')} />
      <Field label={t('summary')} {...form.field('summary')} />
      <TextArea label={t('description')} hint={t('descriptionHint')} {...form.field('description')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label={t('category')} {...form.field('category')}>
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
          {...form.field('coverUrl', t('coverHint'))}
        />
      </div>
    </Part>
  );
}

function WhenAndWhere({ form }: { form: DraftForm }) {
  return (
    <Part title={t('whenWhere')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('starts')} type="datetime-local" aria-required {...form.field('startsAt')} />
        <Field
          label={t('ends')}
          type="datetime-local"
          aria-required
          min={form.watch('startsAt')}
          {...form.field('endsAt', t('endsWrong'))}
        />
        <Field label={t('doors')} type="datetime-local" {...form.field('doorsAt', t('doorsWrong'))} />
        <Field
          label={t('timeZone')}
          aria-required
          list="time-zones"
          {...form.field('timeZone', t('timeZoneWrong'))}
        />
        <TimeZones />
        <Field label={t('venue')} aria-required {...form.field('venue.name')} />
        <Field label={t('address')} {...form.field('venue.address')} />
        <Field label={t('city')} aria-required {...form.field('venue.city')} />
        <Field
          label={t('country')}
          hint={t('countryHint')}
          aria-required
          {...form.field('venue.country', t('countryHint'))}
        />
      </div>
    </Part>
  );
}

/** The rules for every ticket of any type. */
function Rules({ form }: { form: DraftForm }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Select label={t('currency')} {...form.field('currency')}>
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </Select>
        <Field label={t('maxPerBuyer')} type="number" min={1} aria-required {...form.field('maxPerBuyer')} />
        <Field
          label={t('holdMinutes')}
          type="number"
          min={1}
          aria-required
          {...form.field('holdMinutes', t('holdMinutesWrong'))}
        />
      </div>
      <Field
        label={t('placesPerNetwork')}
        hint={t('placesPerNetworkHint')}
        type="number"
        min={0}
        aria-required
        {...form.field('placesPerNetwork')}
      />
      <Select label={t('attendees')} {...form.field('attendees')}>
        <option value="none">{t('attendeesNone')}</option>
        <option value="each">{t('attendeesEach')}</option>
      </Select>
      <Select label={t('seating')} {...form.field('seating')}>
        <option value="general">{t('seatingGeneral')}</option>
        <option value="reserved">{t('seatingReserved')}</option>
      </Select>
    </>
  );
}

function Refunds({ form }: { form: DraftForm }) {
  return (
    <Part title={t('refunds')}>
      <div className="grid gap-4 sm:grid-cols-3">
        <Select label={t('refundsMay')} {...form.field('refundKind')}>
          <option value="until">{t('refundUntil')}</option>
          <option value="none">{t('refundNone')}</option>
        </Select>
        {form.watch('refundKind') === 'until' && (
          <>
            <Field label={t('hoursBefore')} type="number" min={0} {...form.field('hoursBefore')} />
            <Field label={t('feePercent')} type="number" min={0} {...form.field('feePercent')} />
          </>
        )}
      </div>
    </Part>
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

function TimeZones() {
  return (
    <datalist id="time-zones">
      {Intl.supportedValuesOf('timeZone').map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

/** Why the server refused. The error is shown at its field, or here if no field of this form shows it. */
function Problem({ error, isShown }: { error: Error; isShown: boolean }) {
  const issues = isShown ? [] : Object.entries(sayFields(error));
  return (
    <Notice tone="bad" live title={sayProblem(error)}>
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
