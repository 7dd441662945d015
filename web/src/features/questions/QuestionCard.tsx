import { useId } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { autofills, type Question, type QuestionKind } from '../../../../contract/question-fields.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { choicesOf, hasChoices, kinds, type QuestionDraft } from './draft.ts';
import { t } from './words.ts';

interface Props {
  n: number;
  question: QuestionDraft;
  /** The questions before it, on which it may depend. */
  earlier: QuestionDraft[];
  ticketTypes: ManagedEvent['ticketTypes'];
  isLast: boolean;
  /** The errors by the name of their field. */
  faults: Record<string, string>;
  onChange: (changed: Partial<QuestionDraft>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function QuestionCard({
  n,
  question,
  earlier,
  ticketTypes,
  isLast,
  faults,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const { kind, scope, isSaved } = question;
  const name = t('questionNo', { n });
  const fixed = isSaved ? t('fixed') : undefined;
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-card border border-line p-5">
      <legend className="px-1 font-bold">{name}</legend>
      <Field
        label={t('label')}
        value={question.label}
        maxLength={200}
        error={faults.label ?? faults.key}
        onChange={({ target }) => onChange({ label: target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('kind')}
          value={kind}
          disabled={isSaved}
          hint={fixed}
          error={faults.kind}
          onChange={({ target }) => onChange({ kind: target.value as QuestionKind })}
        >
          {kinds.map((each) => (
            <option key={each} value={each}>
              {t(`kind_${each}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t('scope')}
          value={scope}
          disabled={isSaved}
          hint={fixed}
          error={faults.scope}
          onChange={({ target }) => onChange({ scope: target.value as Question['scope'], showIf: null })}
        >
          <option value="ticket">{t('scope_ticket')}</option>
          <option value="order">{t('scope_order')}</option>
        </Select>
      </div>
      {hasChoices(kind) && (
        <TextArea
          label={t('choices')}
          rows={4}
          value={question.choices}
          error={faults.choices}
          onChange={({ target }) => onChange({ choices: target.value })}
        />
      )}
      {kind === 'number' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('least')}
            inputMode="decimal"
            value={question.least}
            error={faults.least}
            onChange={({ target }) => onChange({ least: target.value })}
          />
          <Field
            label={t('most')}
            inputMode="decimal"
            value={question.most}
            error={faults.most}
            onChange={({ target }) => onChange({ most: target.value })}
          />
        </div>
      )}
      <Field
        label={t('help')}
        value={question.help}
        maxLength={500}
        error={faults.help}
        onChange={({ target }) => onChange({ help: target.value })}
      />
      <Box
        label={t('required')}
        checked={question.required}
        onChange={(required) => onChange({ required })}
      />
      <Box label={t('atDoor')} checked={question.atDoor} onChange={(atDoor) => onChange({ atDoor })} />
      {kind === 'text' && (
        <Select
          label={t('autofill')}
          value={question.autofill ?? ''}
          onChange={({ target: { value } }) =>
            onChange({ autofill: autofills.find((each) => each === value) ?? null })
          }
        >
          <option value="">{t('autofillNone')}</option>
          {autofills.map((each) => (
            <option key={each} value={each}>
              {t(`a_${each}`)}
            </option>
          ))}
        </Select>
      )}
      {ticketTypes.length > 1 && (
        <fieldset>
          <legend className="text-sm font-semibold">{t('onlyTypes')}</legend>
          {ticketTypes.map(({ id, name: type }) => (
            <Box
              key={id}
              label={type}
              checked={question.ticketTypes?.includes(id) ?? false}
              onChange={(checked) => {
                const chosen = (question.ticketTypes ?? []).filter((each) => each !== id);
                const next = checked ? [...chosen, id] : chosen;
                onChange({ ticketTypes: next.length > 0 ? next : null });
              }}
            />
          ))}
        </fieldset>
      )}
      <Condition question={question} earlier={earlier} error={faults.showIf} onChange={onChange} />
      <div className="flex flex-wrap gap-x-3">
        {n > 1 && <Plain text={t('up')} name={name} onClick={() => onMove(-1)} />}
        {!isLast && <Plain text={t('down')} name={name} onClick={() => onMove(1)} />}
        <Plain text={t('remove')} name={name} onClick={onRemove} />
      </div>
    </fieldset>
  );
}

const Plain = ({ text, name, onClick }: { text: string; name: string; onClick: () => void }) => (
  <Button look="plain" size="small" onClick={onClick}>
    {text}
    <span className="sr-only">: {name}</span>
  </Button>
);

const Box = ({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) => (
  <label className="flex min-h-11 items-center gap-3 wrap-anywhere">
    <input
      type="checkbox"
      className="size-5 shrink-0 accent-accent"
      checked={checked}
      onChange={({ target }) => onChange(target.checked)}
    />
    <span dir="auto">{label}</span>
  </label>
);

/** On which earlier question it depends, and on which of its answers. */
function Condition({
  question: { showIf, scope },
  earlier,
  error,
  onChange,
}: Pick<Props, 'question' | 'earlier' | 'onChange'> & { error: string | undefined }) {
  const id = useId();
  const possible = earlier.filter(
    (each) => each.scope === scope && (hasChoices(each.kind) || each.kind === 'consent'),
  );
  const chosen = possible.find(({ key }) => key === showIf?.question);
  if (possible.length === 0 && !showIf) return null;
  const answers = chosen ? answersOf(chosen) : [];
  return (
    <div className="grid gap-2">
      <Select
        label={t('showIf')}
        value={chosen?.key ?? ''}
        error={error}
        onChange={({ target: { value } }) => {
          const of = possible.find(({ key }) => key === value);
          onChange({
            showIf: of
              ? {
                  question: of.key,
                  answers: answersOf(of)
                    .slice(0, 1)
                    .map(([key]) => key),
                }
              : null,
          });
        }}
      >
        <option value="">{t('always')}</option>
        {possible.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
      {chosen && showIf && (
        <fieldset aria-describedby={id}>
          <legend id={id} className="sr-only">
            {chosen.label}
          </legend>
          {answers.map(([key, label]) => (
            <Box
              key={key}
              label={label}
              checked={showIf.answers.includes(key)}
              onChange={(checked) => {
                const others = showIf.answers.filter((each) => each !== key);
                onChange({ showIf: { ...showIf, answers: checked ? [...others, key] : others } });
              }}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** The key and the words of each answer on which a question can depend. */
const answersOf = (question: QuestionDraft): [key: string, label: string][] =>
  question.kind === 'consent'
    ? [
        ['yes', t('yes')],
        ['no', t('no')],
      ]
    : choicesOf(question).map(({ key, label }) => [key, label]);
