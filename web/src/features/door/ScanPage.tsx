import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { mayIn } from '../../../../contract/team-roles.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { GateView } from './GateView.tsx';

const route = getRouteApi('/door/$eventId');

/** The gate of a member of the team. */
export function ScanPage() {
  const { gate } = route.useLoaderData();
  const { eventId } = gate.state();
  const { data: me } = useQuery(meQuery);
  // The server decides whether the event is of such an organisation.
  const mayManage = me?.organisations.some((member) => mayIn(member, 'door.manage', eventId));
  return <GateView gate={gate} back={paths.door} mayManage={mayManage ?? false} />;
}
