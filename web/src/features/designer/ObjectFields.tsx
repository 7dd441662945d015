import type { Area, Box, PlanText, Shape, Stage, Table } from '../../../../contract/plan-fields.ts';
import { Button } from '../../ui/Button.tsx';
import { SeatNameFields } from './BlockFields.tsx';
import type { Change } from './Inspector.tsx';
import { Choice, NumberField, Pair, TextField } from './PanelFields.tsx';
import { t } from './words.ts';

/** The largest length of one object, in tenths of a seat. */
const longest = 100_000;

export function TableFields({ table, change }: { table: Table; change: Change }) {
  const isRound = table.shape === 'round';
  const side = (at: number, label: string) => (
    <NumberField
      label={label}
      value={table.sides[at] ?? 0}
      min={0}
      max={60}
      whole
      onChange={(count) => change({ sides: table.sides.map((each, i) => (i === at ? count : each)) })}
    />
  );
  return (
    <>
      <Pair>
        <TextField
          label={t('tableName')}
          value={table.label}
          max={8}
          mayBeEmpty
          onChange={(label) => change({ label })}
        />
        <Choice
          label={t('tableShape')}
          value={table.shape}
          options={(['round', 'rectangle'] as const).map((value) => ({
            value,
            name: t(`tableShape.${value}`),
          }))}
          onChange={(shape) => change({ shape })}
        />
        {isRound ? (
          <NumberField
            label={t('seats')}
            value={table.seats}
            min={0}
            max={60}
            whole
            onChange={(seats) => change({ seats })}
          />
        ) : (
          <>
            {side(0, t('sideTop'))}
            {side(2, t('sideBottom'))}
            {side(3, t('sideLeft'))}
            {side(1, t('sideRight'))}
          </>
        )}
        <NumberField
          label={t(isRound ? 'diameter' : 'width')}
          value={table.width}
          min={1}
          max={2_000}
          onChange={(width) => change({ width })}
        />
        {!isRound && (
          <NumberField
            label={t('height')}
            value={table.height}
            min={1}
            max={2_000}
            onChange={(height) => change({ height })}
          />
        )}
      </Pair>
      <SeatNameFields
        names={table.seatNames}
        onChange={(fields) => change({ seatNames: { ...table.seatNames, ...fields } })}
      />
    </>
  );
}

export function BoxFields({ box, change }: { box: Box; change: Change }) {
  return (
    <>
      <Pair>
        <TextField
          label={t('boxName')}
          value={box.label}
          max={8}
          mayBeEmpty
          onChange={(label) => change({ label })}
        />
        <NumberField
          label={t('seatDistance')}
          value={box.spacing}
          min={1}
          max={1_000}
          onChange={(spacing) => change({ spacing })}
        />
        <NumberField
          label={t('rowCount')}
          value={box.rows}
          min={1}
          max={20}
          whole
          onChange={(rows) => change({ rows })}
        />
        <NumberField
          label={t('seatsPerRow')}
          value={box.columns}
          min={1}
          max={40}
          whole
          onChange={(columns) => change({ columns })}
        />
      </Pair>
      <SeatNameFields
        names={box.seatNames}
        onChange={(fields) => change({ seatNames: { ...box.seatNames, ...fields } })}
      />
    </>
  );
}

interface AreaProps {
  area: Area;
  change: Change;
  pools: readonly { key: string; name: string }[];
  onNewPool: ((section: string) => void) | null;
}

/** A standing area is sold by a pool of the event, which has a number of places. */
export function AreaFields({ area, change, pools, onNewPool }: AreaProps) {
  const xs = area.points.map(([x]) => x);
  const ys = area.points.map(([, y]) => y);
  const [width, height] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  const scale = (across: number, down: number) =>
    change({
      points: area.points.map(([x, y]) => [
        Math.round(x * across * 100) / 100,
        Math.round(y * down * 100) / 100,
      ]),
    });
  return (
    <>
      <Choice
        label={t('pool')}
        value={area.pool ?? ''}
        options={[{ value: '', name: t('noPool') }, ...pools.map(({ key, name }) => ({ value: key, name }))]}
        hint={t('poolHint')}
        onChange={(pool) => change({ pool: pool === '' ? null : pool })}
      />
      {onNewPool && area.pool === null && (
        <Button
          look="quiet"
          size="small"
          className="justify-self-start"
          onClick={() => onNewPool(area.section)}
        >
          {t('newPool')}
        </Button>
      )}
      <Pair>
        <NumberField
          label={t('width')}
          value={width}
          min={1}
          max={longest}
          onChange={(to) => scale(to / Math.max(width, 1), 1)}
        />
        <NumberField
          label={t('height')}
          value={height}
          min={1}
          max={longest}
          onChange={(to) => scale(1, to / Math.max(height, 1))}
        />
      </Pair>
    </>
  );
}

export function ShapeFields({ object, change }: { object: Stage | Shape; change: Change }) {
  return (
    <>
      <TextField
        label={t('label')}
        value={object.label}
        max={30}
        mayBeEmpty
        onChange={(label) => change({ label })}
      />
      {object.kind === 'shape' && (
        <Pair>
          {object.shape !== 'polygon' && (
            <Choice
              label={t('shape')}
              value={object.shape}
              options={(['rectangle', 'ellipse'] as const).map((value) => ({
                value,
                name: t(`shape.${value}`),
              }))}
              onChange={(shape) => change({ shape })}
            />
          )}
          <Colour value={object.fill} onChange={(fill) => change({ fill })} />
        </Pair>
      )}
      <Pair>
        <NumberField
          label={t('width')}
          value={object.width}
          min={1}
          max={longest}
          onChange={(width) => change({ width })}
        />
        <NumberField
          label={t('height')}
          value={object.height}
          min={1}
          max={longest}
          onChange={(height) => change({ height })}
        />
      </Pair>
    </>
  );
}

export function Colour({
  value,
  label = t('colour'),
  onChange,
}: {
  value: string;
  label?: string;
  onChange: (colour: string) => void;
}) {
  return (
    <label className="grid gap-1.5">
      <span className="text-sm font-semibold">{label}</span>
      <input
        type="color"
        value={value}
        className="h-12 w-full cursor-pointer rounded-field border border-line-strong/60 bg-raised p-1"
        onChange={(event) => onChange(event.target.value.toLowerCase())}
      />
    </label>
  );
}

export function WordFields({ text, change }: { text: PlanText; change: Change }) {
  return (
    <>
      <TextField label={t('text')} value={text.text} max={80} onChange={(words) => change({ text: words })} />
      <NumberField
        label={t('textSize')}
        value={text.size}
        min={4}
        max={2_000}
        onChange={(size) => change({ size })}
      />
    </>
  );
}
