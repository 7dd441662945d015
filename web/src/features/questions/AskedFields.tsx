import type { Line } from '../../../../contract/holds.ts';
import type { Question, Terms } from '../../../../contract/question-fields.ts';
import { t as tCheckout } from '../checkout/words.ts';
import { Consent, QuestionField, sayFault } from './QuestionField.tsx';
import { askedByPlace, type Typed } from './typed.ts';
import type { AskedForm } from './use-asked.ts';
import { t } from './words.ts';

/** At the checkout: what the organiser asks of the order and of each place, and the terms to accept. */
export function AskedFields({ asked, lines }: { asked: AskedForm; lines: Line[] }) {
  const { form, types, typed, faults } = asked;
  const byPlace = askedByPlace(form, types, typed);
  const ofOrder = byPlace.get(null) ?? [];
  return (
    <div className="grid gap-6">
      {ofOrder.length > 0 && (
        <Place
          legend={t(form.questions.some(({ scope }) => scope === 'ticket') ? 'forOrder' : 'asked')}
          questions={ofOrder}
          typed={typed.order}
          faultOf={(key) => faults[`answers.order.${key}`]}
          forSelf
          onChange={(key, value) => asked.answer(null, key, value)}
        />
      )}
      {placesOf(lines).map(
        (place, n) =>
          byPlace.has(n) && (
            <Place
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is its position in the order
              key={n}
              legend={t('forPlace', { n: n + 1, place })}
              questions={byPlace.get(n) ?? []}
              typed={typed.tickets[n] ?? {}}
              faultOf={(key) => faults[`answers.tickets.${n}.${key}`]}
              forSelf={types.length === 1}
              onChange={(key, value) => asked.answer(n, key, value)}
            />
          ),
      )}
      {form.terms.length > 0 && (
        <fieldset className="grid gap-2">
          <legend className="mb-1 font-bold">{t('termsTitle')}</legend>
          {form.terms.map((terms) => (
            <AcceptTerms key={terms.key} terms={terms} asked={asked} />
          ))}
        </fieldset>
      )}
    </div>
  );
}

const placesOf = (lines: Line[]): string[] =>
  lines.flatMap((line) =>
    Array.from({ length: line.collect ? 0 : line.quantity }, (_, i) => {
      const seat = line.seats?.[i];
      return seat ? tCheckout(seat.row === '' ? 'seatNameNoRow' : 'seatName', seat) : line.name;
    }),
  );

function Place({
  legend,
  questions,
  typed,
  faultOf,
  forSelf,
  onChange,
}: {
  legend: string;
  questions: Question[];
  typed: Typed;
  faultOf: (key: string) => AskedForm['faults'][string] | undefined;
  forSelf: boolean;
  onChange: (key: string, value: Typed[string]) => void;
}) {
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="mb-1 font-bold wrap-anywhere">{legend}</legend>
      {questions.map((question) => (
        <QuestionField
          key={question.key}
          question={question}
          value={typed[question.key]}
          fault={faultOf(question.key)}
          forSelf={forSelf}
          onChange={(value) => onChange(question.key, value)}
        />
      ))}
    </fieldset>
  );
}

function AcceptTerms({ terms, asked }: { terms: Terms; asked: AskedForm }) {
  const fault = asked.faults[`acceptedTerms.${terms.key}`];
  return (
    <div>
      <Consent
        label={terms.label}
        hint={undefined}
        error={fault && sayFault(fault)}
        required
        checked={asked.isAccepted(terms)}
        onChange={(checked) => asked.accept(terms, checked)}
      />
      {terms.text !== '' && (
        <details className="ms-8">
          <summary className="min-h-11 cursor-pointer content-center font-semibold text-accent">
            {t('readTerms')}
            <span className="sr-only">: {terms.label}</span>
          </summary>
          <p dir="auto" className="whitespace-pre-line text-sm text-muted wrap-anywhere">
            {terms.text}
          </p>
        </details>
      )}
      {terms.url !== null && (
        <a
          href={terms.url}
          target="_blank"
          rel="noopener noreferrer"
          className="ms-8 inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-2"
        >
          {t('readTerms')}
          <span className="sr-only">: {terms.label}</span>
        </a>
      )}
    </div>
  );
}
