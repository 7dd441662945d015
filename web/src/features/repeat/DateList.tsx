import { useState } from 'react';
import type { PlannedDate } from '../../../../contract/event-dates.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { type Edits, move } from './rule-text.ts';
import { t } from './words.ts';

interface Props {
  items: PlannedDate[];
  timeZone: string;
  edits: Edits;
  /** Where a new date begins to be typed if there is none. */
  start: string;
  onEdit: (edits: Edits) => void;
}

/** The dates that would be made. Each can be struck out and given another time, and further ones can be added. */
export function DateList({ items, timeZone, edits, start, onEdit }: Props) {
  const [changing, setChanging] = useState<string | null>(null);
  return (
    <div className="grid gap-3">
      <ol className="grid gap-2">
        {items.map((item) => (
          <li key={item.local} className="rounded-field border border-line bg-raised px-4 py-2">
            <DateRow
              item={item}
              timeZone={timeZone}
              isStruck={edits.struck.includes(item.local)}
              onStrike={(isStruck) =>
                onEdit({
                  ...edits,
                  struck: isStruck
                    ? [...edits.struck, item.local]
                    : edits.struck.filter((local) => local !== item.local),
                })
              }
              onChange={() => setChanging(changing === item.local ? null : item.local)}
            />
            {changing === item.local && (
              <TimeField
                label={t('newTime')}
                button={t('take')}
                start={item.local}
                onCancel={() => setChanging(null)}
                onTake={(to) => {
                  setChanging(null);
                  if (to !== item.local) onEdit(move(edits, item.local, to));
                }}
              />
            )}
          </li>
        ))}
      </ol>
      <AddDate
        start={items.at(-1)?.local ?? start}
        onAdd={(local) =>
          onEdit({
            ...edits,
            added: [...new Set([...edits.added, local])],
            struck: edits.struck.filter((each) => each !== local),
          })
        }
      />
    </div>
  );
}

function DateRow({
  item,
  timeZone,
  isStruck,
  onStrike,
  onChange,
}: {
  item: PlannedDate;
  timeZone: string;
  isStruck: boolean;
  onStrike: (isStruck: boolean) => void;
  onChange: () => void;
}) {
  const when = formatWhen(item.startsAt, timeZone, 'long');
  const isOff = item.problem !== null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3">
      <label className="flex min-h-11 min-w-0 grow basis-48 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={!isOff && !isStruck}
          disabled={isOff}
          onChange={({ target }) => onStrike(!target.checked)}
        />
        <span className="min-w-0 wrap-anywhere">
          <span className={isOff || isStruck ? 'text-muted line-through' : 'font-medium'}>{when}</span>
          <Notes item={item} timeZone={timeZone} />
        </span>
      </label>
      {!isOff && (
        <Button look="plain" size="small" aria-label={t('changeOf', { when })} onClick={onChange}>
          {t('change')}
        </Button>
      )}
    </div>
  );
}

function Notes({
  item: { problem, clock, startsAt, clashes },
  timeZone,
}: {
  item: PlannedDate;
  timeZone: string;
}) {
  const notes = [
    ...(problem ? [t(problem === 'exists' ? 'isThis' : 'isPast')] : []),
    ...(clock === 'skipped' ? [t('skipped', { time: formatWhen(startsAt, timeZone, 'time') })] : []),
    ...(clock === 'repeated' ? [t('repeated')] : []),
    ...(problem
      ? []
      : clashes.map((clash) =>
          clash.eventId === null
            ? t('clashOwn')
            : t('clash', { title: clash.title, when: formatWhen(clash.startsAt, timeZone) }),
        )),
  ];
  return [...new Set(notes)].map((note) => (
    <span key={note} className="block text-sm text-muted wrap-anywhere">
      {note}
    </span>
  ));
}

function AddDate({ start, onAdd }: { start: string; onAdd: (local: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <div>
        <Button look="quiet" size="small" onClick={() => setOpen(true)}>
          <Icon name="plus" size={18} />
          {t('add')}
        </Button>
      </div>
    );
  return (
    <TimeField
      label={t('add')}
      button={t('addDo')}
      start={start}
      onCancel={() => setOpen(false)}
      onTake={(local) => {
        setOpen(false);
        onAdd(local);
      }}
    />
  );
}

interface TimeProps {
  label: string;
  button: string;
  start: string;
  onTake: (local: string) => void;
  onCancel: () => void;
}

function TimeField({ label, button, start, onTake, onCancel }: TimeProps) {
  const [typed, setTyped] = useState(start);
  const [isTried, setTried] = useState(false);
  const local = typed.slice(0, 16);
  const isWrong = !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local);
  return (
    <form
      noValidate
      className="grid gap-3 py-2"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setTried(true);
        if (!isWrong) onTake(local);
      }}
    >
      <Field
        label={label}
        type="datetime-local"
        // The person has just pressed the button that opens this field.
        autoFocus
        value={typed}
        error={isTried && isWrong ? t('fromMissing') : undefined}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small">
          {button}
        </Button>
        <Button look="quiet" size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
