import { useEffect, useRef, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { Icon } from '../../ui/Icon.tsx';
import { isFree, type Snapshot } from '../buy/availability.ts';
import { AreaTickets } from './AreaTickets.tsx';
import { RestrictedSign } from './RestrictedSign.tsx';
import { rowOf, type SeatModel, zoneOf } from './seat-model.ts';
import { seatName, seatPrice, seatSigns } from './seat-names.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';
import { zoneColor } from './zone-colors.ts';

interface Props {
  event: Event;
  model: SeatModel;
  availability: Snapshot | undefined;
  selection: Selection;
  zone: number | null;
  /** The seats that the filter shows; null for all. */
  shown?: Uint8Array | null;
  /** The section to open. */
  wanted: { section: number } | null;
  onToggle: (seat: number) => void;
  onItems: (typeId: string, quantity: number) => void;
  /** Somebody points at a seat, with a pointer or the keyboard. */
  onLook?: (seat: number) => void;
}

/** The same seats as the map, by section and row, for people who do not use a map. */
export function SeatList(props: Props) {
  const {
    event,
    model,
    availability,
    selection,
    zone,
    shown = null,
    wanted,
    onToggle,
    onItems,
    onLook,
  } = props;
  const [open, setOpen] = useState<number | null>(null);
  const headings = useRef(new Map<number, HTMLButtonElement>());
  useEffect(() => {
    if (!wanted) return;
    setOpen(wanted.section);
    headings.current.get(wanted.section)?.focus();
  }, [wanted]);
  const seats = selection.freeSeats;
  const shownRows = model.rows.filter(
    (row) =>
      row.count > 0 &&
      (zone === null || row.zone === zone) &&
      (shown === null || shown.subarray(row.first, row.first + row.count).includes(1)),
  );
  const areas = zone === null && shown === null ? model.areas : [];
  const sections = [
    ...new Set([...shownRows.map((row) => row.section), ...areas.map((each) => each.section)]),
  ].sort((a, b) => a - b);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 sm:px-6">
      {sections.length === 0 && <p className="py-4 text-muted">{t('filterNone')}</p>}
      {sections.map((section) => {
        const rows = shownRows.filter((row) => row.section === section);
        const area = areas.find((each) => each.section === section);
        let free = area?.types.reduce((most, { id }) => Math.max(most, selection.freeItems(id)), 0) ?? 0;
        for (const row of rows)
          for (let seat = row.first; seat < row.first + row.count; seat++)
            if (shown?.[seat] !== 0 && isFree(seats, seat)) free++;
        return (
          <div key={section} className="border-b border-line">
            <h2>
              <button
                ref={(button) => {
                  if (button) headings.current.set(section, button);
                  else headings.current.delete(section);
                }}
                type="button"
                aria-expanded={open === section}
                onClick={() => setOpen(open === section ? null : section)}
                className="flex min-h-14 w-full items-center gap-3 text-start"
              >
                <Icon
                  name="right"
                  size={18}
                  className={`transition-transform ${open === section ? 'rotate-90 rtl:-rotate-90' : ''}`}
                />
                <span className="flex-1 text-lg font-bold">{model.sections[section]?.name}</span>
                <span className="text-muted">{t('sectionFree', { count: free })}</span>
              </button>
            </h2>
            {open === section && area && (
              <div className="pb-4 ps-8">
                <AreaTickets {...{ event, availability, selection, onItems }} types={area.types} />
              </div>
            )}
            {open === section &&
              rows.map((row) => (
                <SeatRow
                  key={row.first}
                  {...{ model, seats, selection, shown, onToggle, onLook }}
                  first={row.first}
                />
              ))}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps extends Pick<Props, 'model' | 'selection' | 'onToggle' | 'onLook'> {
  shown: Uint8Array | null;
  seats: Uint8Array | null;
  first: number;
}

function SeatRow({ model, seats, selection, shown, onToggle, onLook, first }: RowProps) {
  const row = rowOf(model, first);
  const zone = zoneOf(model, first);
  const price = seatPrice(model, first);
  const id = `row-${first}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of toggle buttons, not a form's fieldset
    <div role="group" aria-labelledby={id} className="pb-4 ps-8">
      <h3 id={id} className="flex items-center gap-2 pb-2 text-sm font-semibold">
        <span
          aria-hidden="true"
          className="h-3 w-5 rounded-full"
          style={{ background: zoneColor(zone.color) }}
        />
        {row.label === '' ? zone.name : t('seatRow', { row: row.label })} · {price}
      </h3>
      <div className="flex flex-wrap gap-1.5">
        {row.seats.map((known, index) => {
          const seat = first + index;
          if (shown?.[seat] === 0) return null;
          const chosen = selection.mine.has(seat);
          const free = isFree(seats, seat);
          return (
            <button
              key={known.id}
              type="button"
              aria-pressed={chosen}
              disabled={!free && !chosen}
              aria-label={[seatName(model, seat), price, ...seatSigns(model, seat)].join(', ')}
              onClick={() => onToggle(seat)}
              onFocus={() => onLook?.(seat)}
              onPointerEnter={() => onLook?.(seat)}
              className="grid size-11 place-items-center rounded-field border border-seat-free text-sm font-semibold transition-colors duration-500 hover:bg-good-soft aria-pressed:border-seat-selected aria-pressed:bg-seat-selected aria-pressed:text-on-accent disabled:border-line disabled:bg-sunken disabled:text-muted disabled:line-through"
            >
              <SeatSign known={known} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

function SeatSign({ known }: { known: SeatModel['rows'][number]['seats'][number] }) {
  if (known.accessible) return <Icon name="wheelchair" size={18} />;
  if (!known.companion && !known.restrictedView) return known.label;
  return (
    <span className="grid justify-items-center leading-none">
      {known.companion ? <Icon name="person" size={16} /> : <RestrictedSign size={14} />}
      <span className="text-xs">{known.label}</span>
    </span>
  );
}
