import type { RowBlock, RowNames, SeatNames } from '../../../../contract/plan-fields.ts';
import type { Desk } from './desk.ts';
import { type Change, shared } from './Inspector.tsx';
import { Choice, NumberField, Pair, Part, TextField } from './PanelFields.tsx';
import { readNumber } from './typed-number.ts';
import { t } from './words.ts';

/** Rows, seats, distances, curve and aisles of a block. */
export function BlockFields({ desk, block, change }: { desk: Desk; block: RowBlock; change: Change }) {
  const seats = Math.max(...block.rows.map(({ count }) => count), 1);
  const resize = (to: { rows: number; seats: number }) =>
    void desk.perform(
      { do: 'set-rows', object: block.id, ...to, keep: 'middle' },
      { merge: `rows ${block.id}` },
    );
  const width = Math.max(seats * block.spacing, 1);
  return (
    <>
      <Pair>
        <NumberField
          label={t('rowCount')}
          value={block.rows.length}
          min={1}
          max={400}
          whole
          onChange={(rows) => resize({ rows, seats })}
        />
        <NumberField
          label={t('seatsPerRow')}
          value={shared(block.rows.map(({ count }) => count))}
          min={1}
          max={500}
          whole
          onChange={(count) => resize({ rows: block.rows.length, seats: count })}
        />
        <NumberField
          label={t('seatDistance')}
          value={block.spacing}
          min={1}
          max={1_000}
          onChange={(spacing) => change({ spacing })}
        />
        <NumberField
          label={t('rowDistance')}
          value={block.rowSpacing}
          min={1}
          max={1_000}
          onChange={(rowSpacing) => change({ rowSpacing })}
        />
      </Pair>
      <Curve width={width} radius={block.radius} onChange={(radius) => change({ radius })} />
      <Aisles block={block} change={change} />
    </>
  );
}

/** The most that rows bend, in degrees between their ends. */
const mostCurve = 300;

/** How far the first row bends around a centre, as the angle between its ends. */
function Curve({
  width,
  radius,
  onChange,
}: {
  width: number;
  radius: number;
  onChange: (radius: number) => void;
}) {
  const degrees = radius === 0 ? 0 : Math.round((width / radius / Math.PI) * 180);
  const bend = (to: number) =>
    onChange(
      to === 0 ? 0 : Math.min(Math.max(Math.round(width / ((to / 180) * Math.PI)), -100_000), 100_000),
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_6rem] items-end gap-3">
      <label className="grid gap-1.5">
        <span className="text-sm font-semibold">{t('curve')}</span>
        <input
          type="range"
          min={-180}
          max={180}
          step={5}
          value={Math.min(Math.max(degrees, -180), 180)}
          className="h-12 w-full accent-accent"
          onChange={(event) => bend(Number(event.target.value))}
        />
      </label>
      <NumberField
        label={t('degrees')}
        value={degrees}
        min={-mostCurve}
        max={mostCurve}
        whole
        onChange={bend}
      />
    </div>
  );
}

/** Aisles through all rows, as the positions of the seats before them: `6, 14`. */
function Aisles({ block, change }: { block: RowBlock; change: Change }) {
  const from = Math.min(...block.rows.map((row) => row.from));
  const shown = (block.aisles ?? []).map((serial) => serial - from + 1).join(', ');
  return (
    <Pair>
      <TextField
        label={t('aislesAfter')}
        value={shown}
        max={60}
        mayBeEmpty
        hint={t('aislesHint')}
        onChange={(typed) => {
          const numbers = typed
            .split(/[,;،\s]+/)
            .filter(Boolean)
            .map(readNumber);
          if (numbers.some((number) => number === null || !Number.isInteger(number))) return;
          const aisles = [...new Set(numbers as number[])]
            .sort((a, b) => a - b)
            .map((number) => number - 1 + from);
          change({ aisles: aisles.length > 0 ? aisles : undefined });
        }}
      />
      <NumberField
        label={t('aisleWidth')}
        value={block.aisleWidth ?? 14}
        min={1}
        max={1_000}
        onChange={(aisleWidth) => change({ aisleWidth })}
      />
    </Pair>
  );
}

/** How rows and seats are called. For several blocks at once, the rows may go on from block to block. */
export function NumberingFields({ desk, blocks }: { desk: Desk; blocks: RowBlock[] }) {
  const [first] = blocks;
  if (!first) return null;
  const { rowNames, seatNames } = first;
  const all = blocks.map(({ id }) => id);
  const setRows = (fields: Partial<RowNames>) =>
    void desk.perform(
      { do: 'number', objects: all, rowNames: { ...rowNames, ...fields } },
      { merge: `row names ${all.join()} ${Object.keys(fields).join()}` },
    );
  return (
    <>
      <Part title={t('rowNames')}>
        <Pair>
          <Choice
            label={t('rowScheme')}
            value={shared(blocks.map((block) => block.rowNames.scheme))}
            options={(['letters', 'numbers', 'none'] as const).map((value) => ({
              value,
              name: t(`rowScheme.${value}`),
            }))}
            onChange={(scheme) => setRows({ scheme })}
          />
          <Choice
            label={t('rowsFrom')}
            value={shared(blocks.map((block) => block.rowNames.from))}
            options={(['front', 'back'] as const).map((value) => ({ value, name: t(`rowsFrom.${value}`) }))}
            onChange={(from) => setRows({ from })}
          />
          <NumberField
            label={t('rowStart')}
            value={shared(blocks.map((block) => block.rowNames.start))}
            min={1}
            max={999}
            whole
            onChange={(start) => setRows({ start })}
          />
          <Skip label={t('rowSkip')} value={rowNames.skip} onChange={(skip) => setRows({ skip })} />
        </Pair>
      </Part>
      <SeatNameFields
        names={seatNames}
        onChange={(fields) =>
          void desk.perform(
            { do: 'number', objects: all, seatNames: { ...seatNames, ...fields } },
            { merge: `seat names ${all.join()} ${Object.keys(fields).join()}` },
          )
        }
      />
    </>
  );
}

export function SeatNameFields({
  names,
  onChange,
}: {
  names: SeatNames;
  onChange: (fields: Partial<SeatNames>) => void;
}) {
  return (
    <Part title={t('seatNames')}>
      <Pair>
        <Choice
          label={t('seatScheme')}
          value={names.scheme}
          options={(['all', 'odd', 'even', 'middle', 'letters'] as const).map((value) => ({
            value,
            name: t(`seatScheme.${value}`),
          }))}
          onChange={(scheme) => onChange({ scheme })}
        />
        <Choice
          label={t('seatsFrom')}
          value={names.from}
          options={(['left', 'right'] as const).map((value) => ({ value, name: t(`seatsFrom.${value}`) }))}
          onChange={(from) => onChange({ from })}
        />
        <NumberField
          label={t('seatStart')}
          value={names.start}
          min={0}
          max={9_999}
          whole
          onChange={(start) => onChange({ start })}
        />
        <Skip label={t('seatSkip')} value={names.skip} onChange={(skip) => onChange({ skip })} />
      </Pair>
    </Part>
  );
}

/** Names that are left out: `I, O`. */
function Skip({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string[] | undefined;
  onChange: (skip: string[] | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      value={(value ?? []).join(', ')}
      max={80}
      mayBeEmpty
      onChange={(typed) => {
        const names = typed
          .split(/[,;،\s]+/)
          .filter(Boolean)
          .map((name) => name.toUpperCase().slice(0, 8));
        onChange(names.length > 0 ? names.slice(0, 30) : undefined);
      }}
    />
  );
}
