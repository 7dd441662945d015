import { getRouteApi } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { GateView } from './GateView.tsx';

const route = getRouteApi('/door/link/$eventId');

/** The gate of a device that has opened a door link. */
export function LinkScanPage() {
  const { gate, registration } = route.useLoaderData();
  const { eventId } = gate.state();
  const ownCheckpoint = registration.events.find((event) => event.eventId === eventId)?.checkpointId;
  return (
    <GateView
      gate={gate}
      back={paths.doorLink}
      ownGate={registration.link.gate}
      ownCheckpoint={ownCheckpoint ?? null}
    />
  );
}
