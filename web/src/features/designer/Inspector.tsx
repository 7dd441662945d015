import { useMemo } from 'react';
import type { PlanObject } from '../../../../contract/plan-fields.ts';
import { isSeated } from '../../../../seat-map/plan.ts';
import { BlockFields, NumberingFields } from './BlockFields.tsx';
import { type Desk, useDesk } from './desk.ts';
import { AreaFields, BoxFields, ShapeFields, TableFields, WordFields } from './ObjectFields.tsx';
import { Check, Choice, NumberField, Pair, TextField } from './PanelFields.tsx';
import { SeatFields } from './SeatFields.tsx';
import { detailOf, nameOf } from './say-object.ts';
import { t } from './words.ts';

export type Change = (fields: Record<string, unknown>) => void;

interface Props {
  desk: Desk;
  /** Pools of the event that may sell a standing area. */
  pools: readonly { key: string; name: string }[];
  /** The keys of seats that somebody has. */
  taken: ReadonlySet<string>;
  onNewPool: ((section: string) => void) | null;
}

/** What is selected, as a form. Each field changes the plan at once; typing in one field is one step to undo. */
export function Inspector({ desk, pools, taken, onNewPool }: Props) {
  const chosen = useDesk(desk, (state) => state.chosen);
  const seats = useDesk(desk, (state) => state.seats);
  const plan = useDesk(desk, (state) => state.history.present);
  const objects = useMemo(() => plan.objects.filter(({ id }) => chosen.has(id)), [plan, chosen]);
  if (seats.size > 0) return <SeatFields desk={desk} taken={taken} />;
  const [only] = objects;
  if (!only) return <p className="text-muted">{t('nothingSelected')}</p>;
  const ids = objects.map(({ id }) => id);
  const change: Change = (fields) =>
    void desk.perform(
      { do: 'change', objects: ids, fields },
      { merge: `${ids[0]} ${ids.length} ${Object.keys(fields).join()}` },
    );
  const isOne = objects.length === 1;
  return (
    // Another object has other fields: what was typed in one must not stay in the other.
    <div key={ids.join()} className="grid gap-4">
      <div>
        <h2 className="font-bold wrap-anywhere">
          <bdi>{isOne ? nameOf(only, plan) : t('selectedObjects', { count: objects.length })}</bdi>
        </h2>
        {isOne && <p className="text-sm text-muted">{detailOf(only)}</p>}
      </div>
      {isOne && only.kind === 'rows' && <BlockFields desk={desk} block={only} change={change} />}
      {isOne && only.kind === 'table' && <TableFields table={only} change={change} />}
      {isOne && only.kind === 'box' && <BoxFields box={only} change={change} />}
      {isOne && only.kind === 'area' && (
        <AreaFields area={only} change={change} pools={pools} onNewPool={onNewPool} />
      )}
      {isOne && (only.kind === 'stage' || only.kind === 'shape') && (
        <ShapeFields object={only} change={change} />
      )}
      {isOne && only.kind === 'text' && <WordFields text={only} change={change} />}
      <Belongs desk={desk} objects={objects} change={change} />
      {objects.every((object) => object.kind === 'rows') && <NumberingFields desk={desk} blocks={objects} />}
      <PlaceFields objects={objects} change={change} />
    </div>
  );
}

/** The value that all objects share, or null. */
export function shared<Value>(values: readonly Value[]): Value | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** Section and zone: what a ticket says, and what it costs. */
function Belongs({ desk, objects, change }: { desk: Desk; objects: PlanObject[]; change: Change }) {
  const { sections, zones } = desk.document;
  const seated = objects.filter(isSeated);
  const placed = objects.filter((object) => isSeated(object) || object.kind === 'area');
  if (placed.length === 0) return null;
  const section = shared(placed.map((object) => ('section' in object ? object.section : '')));
  const named = sections.find(({ key }) => key === section);
  return (
    <>
      {named && (
        <TextField
          key={named.key}
          label={t('sectionName')}
          value={named.name}
          max={60}
          hint={t('sectionHint')}
          onChange={(name) =>
            void desk.perform(
              {
                do: 'set-sections',
                sections: sections.map((each) => (each.key === named.key ? { ...each, name } : each)),
              },
              { merge: `section ${named.key}` },
            )
          }
        />
      )}
      {sections.length > 1 && (
        <Choice
          label={t('belongsTo')}
          value={section}
          options={sections.map(({ key, name }) => ({ value: key, name }))}
          onChange={(key) => change({ section: key })}
        />
      )}
      {seated.length > 0 && (
        <Choice
          label={t('zone')}
          value={shared(seated.map(({ zone }) => zone))}
          options={zones.map(({ key, name }) => ({ value: key, name }))}
          onChange={(zone) => {
            desk.setZone(zone);
            change({ zone });
          }}
        />
      )}
    </>
  );
}

/** Where the object is, and how it is turned. */
function PlaceFields({ objects, change }: { objects: PlanObject[]; change: Change }) {
  const [only] = objects;
  return (
    <>
      {objects.length === 1 && only && (
        <Pair>
          <NumberField
            label={t('x')}
            value={only.x}
            min={-100_000}
            max={100_000}
            onChange={(x) => change({ x })}
          />
          <NumberField
            label={t('y')}
            value={only.y}
            min={-100_000}
            max={100_000}
            onChange={(y) => change({ y })}
          />
        </Pair>
      )}
      <NumberField
        label={t('rotation')}
        value={shared(objects.map(({ rotation }) => rotation))}
        min={-360}
        max={360}
        onChange={(rotation) => change({ rotation })}
      />
      <Check
        label={t('locked')}
        value={shared(objects.map(({ locked }) => locked === true))}
        onChange={(on) => change({ locked: on ? true : undefined })}
      />
    </>
  );
}
