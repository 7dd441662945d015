import type { ReactNode } from 'react';
import { currencies } from '../../../../contract/currencies.ts';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { CoverField } from '../covers/CoverField.tsx';
import { categories } from '../explore/categories.ts';
import { t as categoryName } from '../explore/words.ts';
import { ProductFields } from '../extras/ProductFields.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import type { ContractForm } from '../forms/use-contract-form.ts';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import { Suggestions } from '../suggestions/Suggestions.tsx';
import { t as sayTags } from '../suggestions/words.ts';
import { type Draft, zonesOf } from './draft.ts';
import { FeeFields } from './FeeFields.tsx';
import { Part } from './Part.tsx';
import { PromoFields } from './PromoFields.tsx';
import { QueueFields } from './QueueFields.tsx';
import { RefundFields } from './RefundFields.tsx';
import { ReminderFields } from './ReminderFields.tsx';
import { SeatLayoutFields } from './SeatLayoutFields.tsx';
import { TicketFields } from './TicketFields.tsx';
import { WallTime } from './WallTime.tsx';
import { WhenAndWhere } from './WhenAndWhere.tsx';
import { t } from './words.ts';

export type DraftForm = ContractForm<Draft>;

interface Props {
  /** A form whose schema gives the body to send. */
  form: DraftForm;
  organisationId: OrganisationId;
  /** The present event; null for a new one. */
  before: ManagedEvent | null;
  submit: string;
  busy: boolean;
  error: Error | null;
  isDirty: () => boolean;
  /** Shown above the button, where the person is when they save. */
  notice?: ReactNode;
  footer?: ReactNode;
  onSubmit: (body: EventPatch, draft: Draft) => void;
}

export function EventForm(props: Props) {
  const { form, organisationId, before, submit, busy, error, isDirty, notice, footer, onSubmit } = props;
  const save = form.handleSubmit((body) => {
    // A copy: what is typed while the save is on its way does not belong to it.
    if (!busy) onSubmit(body as EventPatch, structuredClone(form.getValues()));
  });
  return (
    <form noValidate onSubmit={save} className="grid gap-10">
      <Unsaved isDirty={isDirty} />
      <Part title={t('basics')}>
        <Basics form={form} />
        <CoverField form={form} organisationId={organisationId} />
      </Part>
      <Suggestions form={form} organisationId={organisationId} eventId={before?.id ?? null} />
      <Part title={t('whenWhere')}>
        <WhenAndWhere form={form} before={before} />
      </Part>
      <Part title={t('tickets')}>
        <SaleRules form={form} />
        <TicketRules form={form} before={before} />
        <Seating form={form} before={before} />
        <Tickets form={form} before={before} />
        <ProductFields form={form} organisationId={organisationId} before={before} />
      </Part>
      <RefundFields form={form} />
      <ReminderFields form={form} />
      {notice}
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

/* The parts of the form. The editor shows them one by one (features/editor). */

export function Basics({ form }: { form: DraftForm }) {
  return (
    <>
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
          label={sayTags('tags')}
          hint={sayTags('tagsHint')}
          {...form.field('tags', sayTags('tagsWrong'))}
        />
      </div>
    </>
  );
}

/** What is sold: pools, ticket types, fees and codes. */
export function Tickets({ form, before }: { form: DraftForm; before: ManagedEvent | null }) {
  const [seating, layout] = form.watch(['seating', 'layout']);
  const zones = layout?.zones ?? (before ? zonesOf(before) : []);
  return (
    <>
      <TicketFields form={form} zones={seating === 'reserved' ? zones : []} />
      <FeeFields form={form} />
      <PromoFields form={form} before={before} />
    </>
  );
}

/** Whether places have numbers, and which. */
export function Seating({ form, before }: { form: DraftForm; before: ManagedEvent | null }) {
  return (
    <>
      <Select label={t('seating')} {...form.field('seating')}>
        <option value="general">{t('seatingGeneral')}</option>
        <option value="reserved">{t('seatingReserved')}</option>
      </Select>
      {form.watch('seating') === 'reserved' && <SeatLayoutFields form={form} before={before} />}
    </>
  );
}

/** The currency, and how much one person may hold and for how long. */
export function SaleRules({ form }: { form: DraftForm }) {
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
          step="any"
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
    </>
  );
}

/** The rules for every ticket of any type. */
export function TicketRules({ form, before }: { form: DraftForm; before: ManagedEvent | null }) {
  return (
    <>
      <Select label={t('attendees')} {...form.field('attendees')}>
        <option value="none">{t('attendeesNone')}</option>
        <option value="each">{t('attendeesEach')}</option>
      </Select>
      <Select label={t('ticketCodes')} hint={t('ticketCodesHint')} {...form.field('ticketCodes')}>
        <option value="fixed">{t('codesFixed')}</option>
        <option value="rotating">{t('codesRotating')}</option>
        <option value="rotating-or-paper">{t('codesOrPaper')}</option>
      </Select>
      <HolderRight form={form} right="transfers" />
      <HolderRight form={form} right="renames" />
      <HolderRight form={form} right="exchanges" />
      <Field label={t('run')} hint={t('runHint')} {...form.field('run')} />
      <Resale form={form} />
      <Waitlist form={form} />
      <QueueFields form={form} before={before} />
      <Field
        label={t('reviewFrom')}
        hint={t('reviewFromHint')}
        type="number"
        min={1}
        max={100}
        {...form.field('reviewFrom')}
      />
      <Field
        label={t('reviewAccounts')}
        hint={t('reviewAccountsHint')}
        type="number"
        min={1}
        {...form.field('reviewAccounts')}
      />
    </>
  );
}

/** Whether holders may pass tickets on, change their names, exchange or resell them: always, never, or before a time. */
function HolderRight({
  form,
  right,
}: {
  form: DraftForm;
  right: 'transfers' | 'renames' | 'exchanges' | 'resale';
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select label={t(right)} {...form.field(right)}>
        <option value="free">{t('rightFree')}</option>
        <option value="until">{t('rightUntil')}</option>
        <option value="off">{t('rightOff')}</option>
      </Select>
      {form.watch(right) === 'until' && (
        <WallTime form={form} name={`${right}Until`} label={t(`${right}Until`)} required />
      )}
    </div>
  );
}

/** Whether holders may offer tickets to the waitlist at the price they paid, and what the organiser keeps. */
function Resale({ form }: { form: DraftForm }) {
  return (
    <>
      <HolderRight form={form} right="resale" />
      {form.watch('resale') !== 'off' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('resalePercent')} inputMode="numeric" {...form.field('resalePercent')} />
          <Field
            label={t('resaleFee', { currency: form.watch('currency') })}
            inputMode="decimal"
            {...form.field('resaleFee', t('amountWrong'))}
          />
        </div>
      )}
    </>
  );
}

/** Whether people may wait for sold-out tickets, and how long their offers last. */
function Waitlist({ form }: { form: DraftForm }) {
  return (
    <>
      <Select label={t('waitlist')} {...form.field('waitlist')}>
        <option value="on">{t('waitlistOn')}</option>
        <option value="off">{t('waitlistOff')}</option>
      </Select>
      {form.watch('waitlist') === 'on' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('offerMinutes')}
            hint={t('offerMinutesHint')}
            type="number"
            min={5}
            max={1440}
            aria-required
            {...form.field('offerMinutes')}
          />
          <Field
            label={t('partiesUntilHours')}
            hint={t('partiesUntilHoursHint')}
            type="number"
            min={0}
            max={720}
            aria-required
            {...form.field('partiesUntilHours')}
          />
        </div>
      )}
    </>
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
