import { Link } from '@tanstack/react-router';
import type { EventStep } from '../../../../contract/event-preparation.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { CoverField } from '../covers/CoverField.tsx';
import { SeatPlanLink } from '../designer/SeatPlanLink.tsx';
import { ProductFields } from '../extras/ProductFields.tsx';
import { Basics, type DraftForm, SaleRules, Seating, TicketRules, Tickets } from '../organise/EventForm.tsx';
import { RefundFields } from '../organise/RefundFields.tsx';
import { ReminderFields } from '../organise/ReminderFields.tsx';
import { WhenAndWhere } from '../organise/WhenAndWhere.tsx';
import { Suggestions } from '../suggestions/Suggestions.tsx';
import { PublishStep } from './PublishStep.tsx';
import { t } from './words.ts';

interface Props {
  step: EventStep;
  form: DraftForm;
  event: ManagedEvent;
  base: ManagedEvent;
  /** Sends what is not saved yet. */
  flush: () => Promise<void>;
}

/** The fields of one step. They are the parts of the long form (organise/EventForm.tsx). */
export function StepContent({ step, form, event, base, flush }: Props) {
  switch (step) {
    case 'basics':
      return (
        <>
          <Basics form={form} />
          <Suggestions form={form} organisationId={event.organisation.id} eventId={event.id} />
        </>
      );
    case 'when':
      return <WhenAndWhere form={form} before={base} />;
    case 'tickets':
      return (
        <>
          <SaleRules form={form} />
          <Tickets form={form} before={base} />
          <ProductFields form={form} organisationId={event.organisation.id} before={base} />
        </>
      );
    case 'seats':
      return (
        <>
          <p className="text-muted">{t('seatsText')}</p>
          {form.watch('seating') !== 'reserved' && <SeatPlanLink eventId={event.id} />}
          <Seating form={form} before={base} />
        </>
      );
    case 'questions':
      return (
        <div className="grid justify-items-start gap-4">
          <p className="text-muted">{t('questionsText')}</p>
          <Link to={paths.eventQuestions} params={{ eventId: event.id }} className={buttonClass('quiet')}>
            {t(event.asksQuestions ? 'questionsChange' : 'questionsAsk')}
          </Link>
        </div>
      );
    case 'terms':
      return (
        <>
          <RefundFields form={form} />
          <TicketRules form={form} before={base} />
          <ReminderFields form={form} />
        </>
      );
    case 'page':
      return <CoverField form={form} organisationId={event.organisation.id} />;
    case 'publish':
      return <PublishStep event={event} flush={flush} />;
  }
}
