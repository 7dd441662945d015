import { useEffect, useMemo, useRef, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import type { SeatMap } from '../../../../contract/seating.ts';
import { compilePlan } from '../../../../seat-map/compile-plan.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { createMapCamera } from '../seats/map-camera.ts';
import { SeatCanvas } from '../seats/SeatCanvas.tsx';
import { readSeatMap, rowOf, seatOf, zoneOf } from '../seats/seat-model.ts';
import { zoneColor } from '../seats/zone-colors.ts';
import type { Desk } from './desk.ts';
import { ToolButton } from './ToolButton.tsx';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  event: Pick<ManagedEvent, 'ticketTypes'> | null;
  onClose: () => void;
}

/** The plan in the buyers' own picker, over the whole screen. Seats can be chosen, and nothing is held. */
export function PreviewDialog({ desk, event, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const model = useMemo(
    () => readSeatMap(mapOf(compilePlan(desk.document).layout), { ticketTypes: event?.ticketTypes ?? [] }),
    [desk, event],
  );
  const camera = useMemo(() => createMapCamera(model, null), [model]);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = pointed ?? [...selected].at(-1) ?? null;
  const toggle = (seat: number) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(seat)) next.add(seat);
      return next;
    });
  const say = (seat: number): string => {
    const { section, row, label } = seatOf(model, seat);
    const price = zoneOf(model, seat)?.types[0]?.price;
    return [
      section,
      rowOf(model, seat).label && t('rowNamed', { row }),
      t('seatNamed', { seat: label }),
      price && formatMoney(price),
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t('preview')}
      onCancel={(cancel) => {
        cancel.preventDefault();
        onClose();
      }}
      className="m-0 h-dvh max-h-none w-screen max-w-none bg-paper p-0 text-ink"
    >
      <div className="flex h-full flex-col">
        <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-1">
          <h2 className="font-bold">{t('preview')}</h2>
          <div className="flex items-center">
            <ToolButton icon="nearer" label={t('nearer')} onPress={() => camera.zoomStep(1.5)} />
            <ToolButton icon="farther" label={t('farther')} onPress={() => camera.zoomStep(1 / 1.5)} />
            <ToolButton icon="whole" label={t('whole')} onPress={() => camera.showAll()} />
            <button
              type="button"
              className="min-h-11 rounded-full px-4 font-semibold text-accent hover:bg-accent-soft"
              onClick={onClose}
            >
              {t('backToDrawing')}
            </button>
          </div>
        </div>
        <div className="min-h-0 grow">
          <SeatCanvas
            model={model}
            availability={undefined}
            selected={selected}
            items={[]}
            zone={null}
            camera={camera}
            onToggle={toggle}
            onArea={() => {}}
            onPoint={setPointed}
          />
        </div>
        <div className="border-t border-line px-3 py-2">
          <p aria-live="polite" className="min-h-6 font-semibold wrap-anywhere">
            {shown === null ? t('previewHint') : say(shown)}
          </p>
          <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {model.zones.map(({ key, name, color, types }) => (
              <li key={key} className="flex items-center gap-1.5">
                <span
                  aria-hidden="true"
                  className="size-3 rounded-full"
                  style={{ background: zoneColor(color) }}
                />
                <bdi>{name}</bdi>
                {types[0] && <span className="text-muted">{formatMoney(types[0].price)}</span>}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </dialog>
  );
}

/** A layout as the buyers' page would get it. The ids are only positions, because nothing is for sale here. */
function mapOf(layout: SeatLayout): SeatMap {
  let index = 0;
  return {
    ...layout,
    id: 'map_preview' as SeatMap['id'],
    eventId: 'evt_preview' as SeatMap['eventId'],
    version: 1,
    seatCount: 0,
    sections: layout.sections.map(({ rows, ...section }) => ({
      ...section,
      rows: rows.map((row) => ({
        label: row.label,
        zone: row.zone,
        seats: row.labels.map((label, i) => ({
          id: `seat_preview_${index++}` as SeatMap['sections'][number]['rows'][number]['seats'][number]['id'],
          label,
          x: row.x[i] ?? 0,
          y: row.y[i] ?? 0,
          ...(row.accessible?.includes(i) && { accessible: true as const }),
          ...(row.companion?.includes(i) && { companion: true as const }),
          ...(row.gapsAfter?.includes(i) && { aisleAfter: true as const }),
        })),
      })),
    })),
  };
}
