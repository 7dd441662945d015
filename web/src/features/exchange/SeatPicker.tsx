import { useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { Snapshot } from '../buy/availability.ts';
import { SeatList } from '../seats/SeatList.tsx';
import { SeatMap, type Wanted } from '../seats/SeatMap.tsx';
import { SeatsToolbar } from '../seats/SeatsToolbar.tsx';
import type { SeatModel } from '../seats/seat-model.ts';
import type { Selection } from '../seats/use-selection.ts';
import { knownKind } from '../seats/view-memory.ts';
import type { OnePlace } from './use-one-place.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  model: SeatModel;
  availability: Snapshot | undefined;
  place: OnePlace;
  selection: Selection;
}

/** The seats as a map or a list, for the zone of the chosen ticket type. */
export function SeatPicker({ event, model, availability, place, selection }: Props) {
  const [kind, setKind] = useState(() => knownKind(event.id));
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const type = event.ticketTypes.find(({ id }) => id === place.option?.ticketTypeId);
  // A place without a number has no seat to choose.
  if (type?.zone === null) return null;
  const zone = model.zones.findIndex(({ key }) => key === type?.zone);
  const shown = {
    event,
    model,
    availability,
    selection,
    wanted,
    zone: zone === -1 ? null : zone,
    onToggle: selection.toggle,
    onItems: () => {},
    onArea: () => {},
  };
  return (
    <section aria-labelledby="exchange-seat" className="mt-8">
      <h2 id="exchange-seat" className="text-xl font-bold tracking-tight">
        {t('seat')}
      </h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a map or a list of toggle buttons, not a form's fieldset */}
      <div
        role="group"
        aria-label={t('seatView')}
        className="relative mt-3 flex h-[55dvh] min-h-80 flex-col overflow-hidden rounded-card border border-line"
      >
        {kind === 'map' && <SeatMap {...shown} />}
        <SeatsToolbar
          model={model}
          kind={kind}
          onKind={(next) => {
            setWanted(null);
            setKind(next);
          }}
          onSection={(section) => setWanted({ section })}
        />
        {kind === 'list' && <SeatList {...shown} />}
      </div>
    </section>
  );
}
