import { useId } from 'react';
import type { AnswerFault } from '../../../../contract/answers.ts';
import { longestParagraph, longestText, type Question } from '../../../../contract/question-fields.ts';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import type { Typed } from './typed.ts';
import { t } from './words.ts';

type Value = Typed[string];

interface Props {
  question: Question;
  value: Value | undefined;
  /** What is wrong with the answer; undefined if nothing is. */
  fault: AnswerFault | undefined;
  /** Whether the person answers for themselves, so that the browser may fill in what it knows of them. */
  forSelf: boolean;
  onChange: (value: Value) => void;
}

/** What a person is told of a fault. A program that sends other things gets the rest in English. */
export const sayFault = (fault: AnswerFault): string =>
  fault === 'unknown_question' || fault === 'unknown_place' ? t('not_asked') : t(fault);

export function QuestionField({ question, value, fault, forSelf, onChange }: Props) {
  const { kind, required, label, help, choices, autofill } = question;
  const framed = {
    label: required ? label : t('optional', { label }),
    hint: help || undefined,
    error: fault && sayFault(fault),
  };
  const text = typeof value === 'string' ? value : '';
  const autoComplete = autofill && forSelf ? autofill : 'off';
  const input = {
    ...framed,
    value: text,
    autoComplete,
    'aria-required': required,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  switch (kind) {
    case 'paragraph':
      return <TextArea {...input} rows={3} maxLength={longestParagraph} />;
    case 'number':
      return <Field {...input} inputMode="decimal" maxLength={20} />;
    case 'date':
      return <Field {...input} type="date" />;
    case 'choice':
      return (
        <Select {...input}>
          <option value="">{t('choose')}</option>
          {choices.map((choice) => (
            <option key={choice.key} value={choice.key}>
              {choice.label}
            </option>
          ))}
        </Select>
      );
    case 'choices':
      return (
        <Boxes {...framed} boxes={choices} chosen={Array.isArray(value) ? value : []} onChange={onChange} />
      );
    case 'consent':
      return <Consent {...framed} checked={value === true} required={required} onChange={onChange} />;
    default:
      return (
        <Field
          {...input}
          type={autofill === 'tel' ? 'tel' : autofill === 'email' ? 'email' : 'text'}
          maxLength={longestText}
        />
      );
  }
}

interface Framed {
  label: string;
  hint: string | undefined;
  error: string | undefined;
}

const Note = ({ id, hint, error }: { id: string } & Omit<Framed, 'label'>) =>
  (error ?? hint) ? (
    <p id={id} className={`mt-1 text-sm ${error ? 'text-bad font-medium' : 'text-muted'}`}>
      {error ?? hint}
    </p>
  ) : null;

const box = 'size-5 shrink-0 scroll-mt-28 accent-accent';
const row = 'flex min-h-11 items-center gap-3 wrap-anywhere';

function Boxes({
  label,
  hint,
  error,
  boxes,
  chosen,
  onChange,
}: Framed & {
  boxes: Question['choices'];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  return (
    <fieldset aria-describedby={(error ?? hint) ? id : undefined}>
      <legend dir="auto" className="mb-1 text-sm font-semibold">
        {label}
      </legend>
      {boxes.map((each) => (
        <label key={each.key} className={row}>
          <input
            type="checkbox"
            className={box}
            checked={chosen.includes(each.key)}
            aria-invalid={error ? true : undefined}
            onChange={({ target: { checked } }) =>
              onChange(
                boxes.flatMap(({ key }) =>
                  (key === each.key ? checked : chosen.includes(key)) ? [key] : [],
                ),
              )
            }
          />
          <span dir="auto">{each.label}</span>
        </label>
      ))}
      <Note id={id} hint={hint} error={error} />
    </fieldset>
  );
}

/** A box with a text beside it: a consent, or terms. */
export function Consent({
  label,
  hint,
  error,
  checked,
  required,
  onChange,
}: Framed & { checked: boolean; required: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div>
      <label className={row}>
        <input
          type="checkbox"
          className={box}
          checked={checked}
          aria-required={required}
          aria-invalid={error ? true : undefined}
          aria-describedby={(error ?? hint) ? id : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span dir="auto">{label}</span>
      </label>
      <Note id={id} hint={hint} error={error} />
    </div>
  );
}
