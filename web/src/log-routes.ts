import { createRoute } from '@tanstack/react-router';
import { meQuery } from './api/session.ts';
import { later, optional } from './page.ts';
import { paths } from './paths.ts';
import { at, type Context } from './root-route.ts';

const loader = ({ context }: { context: Context }) => context.queryClient.ensureQueryData(meQuery);

export const auditLog = createRoute({
  ...at(paths.auditLog),
  validateSearch: optional('org'),
  loader,
  component: later('AuditLogPage'),
});

export const platformWork = createRoute({
  ...at(paths.platformWork),
  loader,
  component: later('PlatformWorkPage'),
});

export const platformLog = createRoute({
  ...at(paths.platformLog),
  loader,
  component: later('PlatformLogPage'),
});
