import { useState } from 'react';
import { mostAccessible, mostWithAccessible, type TooFew } from '../../../../contract/accessible-seats.ts';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { mostOf } from '../buy/sale.ts';
import { findAccessible, findBest } from './find-best.ts';
import type { Filter } from './seat-filter.ts';
import { rowOf, type SeatModel } from './seat-model.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  model: SeatModel;
  /** The zone filter of the map. The search stays inside this zone. */
  zone: number | null;
  /** What the buyer looks for. Seats with a restricted view are left out if it is a clear view. */
  filters: readonly Filter[];
  availability: Snapshot | undefined;
  selection: Selection;
  /** Shows the found seats on the map and chooses them. */
  onShow: (seats: number[]) => void;
}

/**
 * Finds a number of seats together, for buyers who do not want to choose. It only shows them: the buyer sees where they are
 * and holds them with the button of the tray, or lets the page find others.
 */
export function BestAvailable({ event, model, zone, filters, availability, selection, onShow }: Props) {
  const [wantedId, setWantedId] = useState<string | null>(null);
  const [quantity, setQuantity] = useState(2);
  const [wheelchairs, setWheelchairs] = useState<number | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState<TooFew | true | null>(null);
  const filtered = zone === null ? undefined : model.zones[zone];
  // Places without numbers are not next to each other.
  const types = filtered ? filtered.types : model.zones.flatMap((each) => each.types);
  const type = types.find(({ id }) => id === wantedId) ?? types[0];
  if (!type) return null;
  const index = model.zones.findIndex(({ key }) => key === type.zone);
  const others = selection.places - selection.seats.size;
  const left = (availability?.available[type.id] ?? 0) + ownIn(selection, model, index);
  const most = mostOf(event, type, left, others);
  const count = Math.min(quantity, Math.max(most, 1));
  const mostWheelchairs = hasAccessible(model, index) ? Math.min(count, mostAccessible) : 0;
  // Whoever looks for wheelchair places wants one of them.
  const accessible = Math.min(wheelchairs ?? (filters.includes('accessible') ? 1 : 0), mostWheelchairs);
  const isClear = filters.includes('clear');
  const asked = `${type.id} ${count} ${accessible} ${isClear}`;
  const isSame = found?.asked === asked;
  const search = (passed: ReadonlySet<number>) => {
    const wanted = { zone: index, passed, isClear };
    return accessible === 0
      ? findBest(model, selection.freeSeats, { ...wanted, quantity: count })
      : findAccessible(model, selection.freeSeats, { ...wanted, accessible, companions: count - accessible });
  };
  const find = () => {
    const passed = isSame ? found.passed : new Set<number>();
    const others = search(passed);
    // After the last suggestion the first one comes again.
    const seats = Array.isArray(others) ? others : search(new Set());
    setFailed(Array.isArray(seats) ? null : (seats ?? true));
    if (!Array.isArray(seats)) return;
    const isFirstAgain = seats.some((seat) => passed.has(seat));
    setFound({ asked, passed: new Set([...(isFirstAgain ? [] : passed), ...seats]) });
    onShow(seats);
  };
  return (
    <section aria-labelledby="best" className="rounded-card bg-sunken p-4">
      <h2 id="best" className="font-bold">
        {t('best')}
      </h2>
      <p className="mt-0.5 text-sm text-muted">{t('bestText')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Select
          label={t('bestWhere')}
          hideLabel
          className="w-full"
          value={type.id}
          onChange={(change) => setWantedId(change.target.value)}
        >
          {types.map((each) => (
            <option key={each.id} value={each.id}>
              {placeOf(each, model)}, {formatMoney(each.price)}
            </option>
          ))}
        </Select>
        <Stepper
          label={t('howMany')}
          fewer={t('fewer')}
          more={t('more')}
          min={1}
          value={count}
          max={accessible > 0 ? Math.min(most, mostWithAccessible) : most}
          onChange={setQuantity}
        />
        {mostWheelchairs > 0 && (
          <div className="flex w-full flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <p className="min-w-0 grow basis-36 text-sm">
              <span className="block font-medium">{t('bestAccessible')}</span>
              <span className="text-muted">{t('bestCompanions')}</span>
            </p>
            <Stepper
              label={t('bestAccessible')}
              fewer={t('fewer')}
              more={t('more')}
              value={accessible}
              max={count > mostWithAccessible ? 0 : mostWheelchairs}
              onChange={setWheelchairs}
            />
          </div>
        )}
        <Button
          look="quiet"
          className="min-w-[min(9rem,100%)] flex-1"
          disabledBecause={most === 0 && t(left === 0 ? 'soldOut' : 'selectionFull')}
          onClick={find}
        >
          {left === 0 ? t('soldOut') : isSame ? t('bestOthers') : t('bestFind', { count })}
        </Button>
      </div>
      {failed && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {failed === true ? t('bestNone') : t('bestFew', { ...failed })}
        </p>
      )}
    </section>
  );
}

/** The last suggestion, and the seats of all suggestions so far. */
interface Found {
  /** What was asked for, so that another question begins anew. */
  asked: string;
  passed: ReadonlySet<number>;
}

const hasAccessible = (model: SeatModel, zone: number): boolean =>
  model.rows.some(
    (row) => row.zone === zone && model.accessible.subarray(row.first, row.first + row.count).includes(1),
  );

/** How many seats of a zone this buyer holds. They count as free for the search. */
function ownIn({ seats, holds }: Selection, model: SeatModel, zone: number): number {
  let own = 0;
  for (const seat of seats) if (holds(seat) && rowOf(model, seat).zone === zone) own++;
  return own;
}

/** The zone first, because people look for a place and then for a price. Most tickets have the name of their zone. */
function placeOf(type: TicketType, model: SeatModel): string {
  const zone = model.zones.find(({ key }) => key === type.zone)?.name;
  return zone === undefined || zone === type.name ? type.name : `${zone}: ${type.name}`;
}
