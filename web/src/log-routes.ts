import { createRoute } from '@tanstack/react-router';
import { meQuery } from './api/session.ts';
import { load as logWords } from './features/log/words.ts';
import { optional, page } from './page.ts';
import { paths } from './paths.ts';
import { at, type Context } from './root-route.ts';

const loader = ({ context }: { context: Context }) => context.queryClient.ensureQueryData(meQuery);

export const auditLog = createRoute({
  ...at(paths.auditLog),
  validateSearch: optional('org'),
  loader,
  component: page(() => import('./features/log/AuditLogPage.tsx'), 'AuditLogPage', logWords),
});

export const platformLog = createRoute({
  ...at(paths.platformLog),
  loader,
  component: page(() => import('./features/log/PlatformLogPage.tsx'), 'PlatformLogPage', logWords),
});
