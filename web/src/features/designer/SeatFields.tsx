import { useMemo } from 'react';
import type { SeatMark } from '../../../../contract/plan-fields.ts';
import { marksOf } from '../../../../seat-map/place-seats.ts';
import { isSeated } from '../../../../seat-map/plan.ts';
import type { MarkChange } from '../../../../seat-map/plan-command.ts';
import { Notice } from '../../ui/Notice.tsx';
import { type Desk, useDesk } from './desk.ts';
import { shared } from './Inspector.tsx';
import { Check, Choice, TextField } from './PanelFields.tsx';
import { countChosen, rowKey, sceneOf, seatsOfChoice } from './scene.ts';
import { t } from './words.ts';

const flags = ['accessible', 'companion', 'restrictedView', 'blocked'] as const;

/** What is special about the selected seats. */
export function SeatFields({ desk, taken }: { desk: Desk; taken: ReadonlySet<string> }) {
  const seats = useDesk(desk, (state) => state.seats);
  const plan = useDesk(desk, (state) => state.history.present);
  const marks = useMemo(() => marksOfChoice(plan, seats), [plan, seats]);
  const count = countChosen(seats);
  const held = marks.filter(({ key }) => taken.has(key)).length;
  const only = count === 1 ? marks[0] : undefined;
  const mark = (change: MarkChange, merge?: string) =>
    void desk.perform(
      { do: 'mark', seats: seatsOfChoice(seats), mark: change },
      { ...(merge && { merge }), said: t('marked', { count }) },
    );
  return (
    <div className="grid gap-4">
      <h2 className="font-bold wrap-anywhere">
        {only ? (
          <bdi>{t('oneSeat', { row: only.row, seat: only.label })}</bdi>
        ) : (
          t('selectedSeats', { count })
        )}
      </h2>
      {held > 0 && <Notice tone="warn">{t('someTaken', { count: held })}</Notice>}
      <Choice
        label={t('zone')}
        value={shared(marks.map(({ zone }) => zone))}
        options={plan.zones.map(({ key, name }) => ({ value: key, name }))}
        onChange={(zone) => mark({ zone })}
      />
      <div>
        {flags.map((flag) => (
          <Check
            key={flag}
            label={t(`mark.${flag}`)}
            value={shared(marks.map(({ mark: own }) => own[flag] === true))}
            onChange={(on) => mark({ [flag]: on ? true : null })}
          />
        ))}
      </div>
      {only && (
        <TextField
          key={only.key}
          label={t('seatLabel')}
          value={only.label}
          max={8}
          onChange={(label) => mark({ label }, 'seat label')}
        />
      )}
      <TextField
        key={`note ${count} ${marks[0]?.key}`}
        label={t('note')}
        value={shared(marks.map(({ mark: own }) => own.note ?? ''))}
        max={120}
        mayBeEmpty
        hint={t('noteHint')}
        onChange={(note) => mark({ note: note.trim() === '' ? null : note }, 'note')}
      />
    </div>
  );
}

function marksOfChoice(plan: Desk['document'], seats: ReadonlyMap<string, ReadonlySet<number>>) {
  const found: { key: string; row: string; label: string; zone: string; mark: SeatMark }[] = [];
  for (const { object, placedRows } of sceneOf(plan).objects) {
    if (!isSeated(object)) continue;
    for (const row of placedRows) {
      const serials = seats.get(rowKey(object.id, row.id));
      if (!serials) continue;
      const own = marksOf(object, row.id);
      for (const [i, serial] of row.serials.entries()) {
        if (!serials.has(serial)) continue;
        const mark = own[serial] ?? {};
        found.push({
          key: `${row.stem}${serial}`,
          row: row.label,
          label: row.labels[i] ?? '',
          zone: mark.zone ?? object.zone,
          mark,
        });
      }
    }
  }
  return found;
}
