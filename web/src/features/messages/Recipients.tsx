import type { BroadcastFilter } from '../../../../contract/broadcasts.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import type { QuestionKind } from '../../../../contract/question-fields.ts';
import { Select } from '../../ui/Field.tsx';
import { t } from './words.ts';

interface Props {
  ticketTypes: { id?: TicketTypeId | undefined; name: string; zone: string | null }[];
  /** What the event asks or has asked, with what was answered. */
  questions: {
    question: string;
    label: string;
    kind: QuestionKind;
    counts: { answer: string; text: string }[];
  }[];
  to: BroadcastFilter;
  onChange: (to: BroadcastFilter) => void;
}

/** How the list says "has answered" and "has not answered"; an answer has a prefix, because a choice may have any key. */
const [any, none, given] = ['any', 'none', '='];

/** Whom a message goes to: everybody with a ticket, or only some types, some zones, who is in, or who has answered something. */
export function Recipients({ ticketTypes, questions, to, onChange }: Props) {
  const { ticketTypeIds, zones, ...rest } = to;
  const types = ticketTypes.flatMap(({ id, name }) => (id ? [{ value: id, name }] : []));
  const sold = [...new Set(ticketTypes.flatMap(({ zone }) => zone ?? []))];
  return (
    <div className="grid gap-5">
      <Some
        label={t('toType')}
        options={types}
        chosen={ticketTypeIds ?? []}
        onChange={(ids) =>
          onChange({ ...rest, ...(zones && { zones }), ...(ids.length > 0 && { ticketTypeIds: ids }) })
        }
      />
      <Some
        label={t('toZone')}
        options={sold.map((zone) => ({ value: zone, name: zone }))}
        chosen={zones ?? []}
        onChange={(some) =>
          onChange({
            ...rest,
            ...(ticketTypeIds && { ticketTypeIds }),
            ...(some.length > 0 && { zones: some }),
          })
        }
      />
      <Select
        label={t('toIn')}
        value={to.checkedIn === undefined ? '' : String(to.checkedIn)}
        onChange={({ target: { value } }) => {
          const { checkedIn: _, ...others } = to;
          onChange(value ? { ...others, checkedIn: value === 'true' } : others);
        }}
      >
        <option value="">{t('all')}</option>
        <option value="true">{t('isIn')}</option>
        <option value="false">{t('isNotIn')}</option>
      </Select>
      <Answered questions={questions} to={to} onChange={onChange} />
    </div>
  );
}

/** By an answer: first the question, then what was answered. */
function Answered({ questions, to, onChange }: Pick<Props, 'questions' | 'to' | 'onChange'>) {
  if (questions.length === 0) return null;
  const { answered, ...others } = to;
  const chosen = questions.find(({ question }) => question === answered?.question);
  const answers = chosen ? [...new Map(chosen.counts.map((each) => [each.answer, each.text]))] : [];
  const answer = answered?.answer;
  return (
    <>
      <Select
        label={t('toAnswer')}
        value={chosen?.question ?? ''}
        onChange={({ target: { value } }) =>
          onChange(value ? { ...others, answered: { question: value } } : others)
        }
      >
        <option value="">{t('all')}</option>
        {questions.map(({ question, label }) => (
          <option key={question} value={question}>
            {label}
          </option>
        ))}
      </Select>
      {chosen && (
        <Select
          label={t('theAnswer')}
          value={answer === undefined ? any : answer === null ? none : given + answer}
          onChange={({ target: { value } }) =>
            onChange({
              ...others,
              answered: {
                question: chosen.question,
                ...(value === none && { answer: null }),
                ...(value.startsWith(given) && { answer: value.slice(given.length) }),
              },
            })
          }
        >
          <option value={any}>{t('hasAnswered')}</option>
          <option value={none}>{t('hasNotAnswered')}</option>
          {answers.map(([key, text]) => (
            <option key={key} value={given + key}>
              {chosen.kind === 'consent' ? t(key === 'yes' ? 'yes' : 'no') : text}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}

/** Some of several options. None means all. With one option there is nothing to choose. */
function Some<Value extends string>({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: { value: Value; name: string }[];
  chosen: Value[];
  onChange: (chosen: Value[]) => void;
}) {
  if (options.length < 2) return null;
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{label}</legend>
      <p className="text-sm text-muted">{t('noneMeansAll')}</p>
      <div className="mt-1 grid gap-x-4 sm:grid-cols-2">
        {options.map(({ value, name }) => (
          <label key={value} className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 shrink-0 accent-accent"
              checked={chosen.includes(value)}
              onChange={({ target: { checked } }) =>
                onChange(checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
