import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { mayIn } from '../../../../contract/team-roles.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { GateView } from './GateView.tsx';
import { takeGate } from './offline/gates.ts';

const route = getRouteApi('/door/$eventId');

/** The gate of a member of the team. */
export function ScanPage() {
  const { gate, userId } = route.useLoaderData();
  const { eventId } = route.useParams() as { eventId: EventId };
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  // The server decides whether the event is of such an organisation.
  const mayManage = me?.organisations.some((member) => mayIn(member, 'door.manage', eventId));
  const takeOver = () => {
    takeGate(eventId, userId);
    void router.invalidate();
  };
  if (!gate) return <Elsewhere onTakeOver={takeOver} />;
  return <GateView gate={gate} back={paths.door} mayManage={mayManage ?? false} onTakeOver={takeOver} />;
}
