import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { EventQuestions, OrderAnswersReply, TicketAnswers } from '../../../../contract/questions.ts';
import { Button } from '../../ui/Button.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { AnswersDialog } from './AnswersDialog.tsx';
import { orderAnswersQuery, ticketAnswersQuery } from './queries.ts';
import { t } from './words.ts';

/** What somebody has answered, and the way to change it: of a whole order, or of one ticket. */
type Part = Pick<TicketAnswers, 'answers' | 'missing' | 'changeable'>;

/** At the page of an order, for its buyer and at the desk: the answers of the order and its tickets. */
export function OrderAnswers() {
  const { orderId } = useParams({ strict: false }) as { orderId: `ord_${string}` };
  const { data } = useQuery(orderAnswersQuery(orderId));
  if (!data || isSilent(data)) return null;
  const { form, tickets, accepted } = data;
  return (
    <Section>
      {(data.answers.length > 0 || form.questions.some(({ scope }) => scope === 'order')) && (
        <Answered title={t('forOrder')} part={data} form={form} of={{ orderId }} types={typesOf(tickets)} />
      )}
      {(form.questions.some(({ scope }) => scope === 'ticket') ||
        tickets.some(({ answers }) => answers.length > 0)) &&
        tickets.map((ticket, n) => (
          <Answered
            key={ticket.ticketId}
            title={t('forPlace', { n: n + 1, place: placeName(ticket) })}
            part={ticket}
            form={form}
            of={{ ticketId: ticket.ticketId }}
            types={[ticket.ticketTypeId]}
          />
        ))}
      {accepted && (
        <div className="py-3">
          <h3 className="font-semibold">{t('termsTitle')}</h3>
          <ul>
            {accepted.terms.map(({ key, label }) => (
              <li key={key} dir="auto" className="page-side wrap-anywhere">
                {label}
              </li>
            ))}
          </ul>
          <p className="text-sm text-muted">
            {t('acceptedAt', { when: formatWhen(accepted.at, ownTimeZone()) })}
          </p>
        </div>
      )}
      {data.changeable === 'yes' && data.changeableUntil && (
        <p className="py-3 text-sm text-muted">
          {t('until', { when: formatWhen(data.changeableUntil, ownTimeZone()) })}
        </p>
      )}
    </Section>
  );
}

/** At the page of a single ticket: whoever got it from somebody else answers for themselves. */
export function HolderAnswers() {
  const { ticketId } = useParams({ strict: false }) as { ticketId: `tkt_${string}` };
  const { data } = useQuery(ticketAnswersQuery(ticketId));
  if (!data) return null;
  const { form, ticket } = data;
  if (ticket.answers.length === 0 && !form.questions.some(({ scope }) => scope === 'ticket')) return null;
  return (
    <Section>
      <Answered
        title={placeName(ticket)}
        part={ticket}
        form={form}
        of={{ ticketId }}
        types={[ticket.ticketTypeId]}
      />
    </Section>
  );
}

const Section = ({ children }: { children: React.ReactNode }) => (
  <section aria-labelledby="answers" className="mt-12 max-w-xl">
    <h2 id="answers" className="text-xl font-bold tracking-tight">
      {t('answersTitle')}
    </h2>
    <div className="mt-3 divide-y divide-line border-y border-line">{children}</div>
  </section>
);

const isSilent = ({ form, answers, tickets, accepted }: OrderAnswersReply): boolean =>
  form.questions.length === 0 &&
  answers.length === 0 &&
  accepted === null &&
  tickets.every((ticket) => ticket.answers.length === 0);

const typesOf = (tickets: TicketAnswers[]): string[] => tickets.map(({ ticketTypeId }) => ticketTypeId);

export const placeName = ({ place, ticketTypeName }: Pick<TicketAnswers, 'place' | 'ticketTypeName'>) =>
  place ? [ticketTypeName, place.section, place.row, place.seat].filter(Boolean).join(' · ') : ticketTypeName;

interface Props {
  title: string;
  part: Part;
  form: EventQuestions;
  of: { orderId: `ord_${string}` } | { ticketId: `tkt_${string}` };
  types: string[];
}

function Answered({ title, part, form, of, types }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { answers, missing, changeable } = part;
  const mayChange = changeable === 'yes' || (changeable === 'missing' && missing.length > 0);
  return (
    <div className="py-3">
      <h3 className="font-semibold wrap-anywhere">
        <bdi>{title}</bdi>
      </h3>
      <AnswerList answers={answers} />
      {missing.length > 0 && (
        <p className="mt-1 text-sm font-medium text-bad">{t('missingCount', { count: missing.length })}</p>
      )}
      {mayChange && (
        <Button
          size="small"
          look={missing.length > 0 ? 'primary' : 'quiet'}
          className="mt-2"
          aria-label={`${t(missing.length > 0 ? 'complete' : 'change')}: ${title}`}
          onClick={() => setIsOpen(true)}
        >
          {t(missing.length > 0 ? 'complete' : 'change')}
        </Button>
      )}
      {isOpen && (
        <AnswersDialog
          title={title}
          form={form}
          of={of}
          types={types}
          part={part}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  );
}

export function AnswerList({ answers }: Pick<Part, 'answers'>) {
  if (answers.length === 0) return <p className="text-sm text-muted">{t('noAnswer')}</p>;
  return (
    <dl className="mt-1 grid gap-1">
      {answers.map(({ question, label, kind, value, text }) => (
        <div key={question} className="text-sm wrap-anywhere">
          <dt dir="auto" className="page-side text-muted">
            {label}
          </dt>
          <dd dir="auto" className="page-side whitespace-pre-line">
            {kind === 'consent' ? t(value === true ? 'yes' : 'no') : text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
