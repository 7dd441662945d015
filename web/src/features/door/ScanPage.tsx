import { getRouteApi } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { GateView } from './GateView.tsx';

const route = getRouteApi('/door/$eventId');

/** The gate of a member of the team. */
export function ScanPage() {
  const { gate } = route.useLoaderData();
  return <GateView gate={gate} back={paths.door} />;
}
