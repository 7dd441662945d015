import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { GateView } from './GateView.tsx';
import { takeGate } from './offline/gates.ts';

const route = getRouteApi('/door/link/$eventId');

/** The gate of a device that has opened a door link. */
export function LinkScanPage() {
  const { gate, registration } = route.useLoaderData();
  const { eventId } = route.useParams() as { eventId: EventId };
  const router = useRouter();
  const takeOver = () => {
    takeGate(eventId, registration.device.id);
    void router.invalidate();
  };
  if (!gate) return <Elsewhere onTakeOver={takeOver} />;
  const ownCheckpoint = registration.events.find((event) => event.eventId === eventId)?.checkpointId;
  return (
    <GateView
      gate={gate}
      back={paths.doorLink}
      ownGate={registration.link.gate}
      ownCheckpoint={ownCheckpoint ?? null}
      onTakeOver={takeOver}
    />
  );
}
