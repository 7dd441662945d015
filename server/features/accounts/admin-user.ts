import type { UserRow } from './store.ts';

/** An account as the platform's admins see it. */
export const toAdminUser = (user: UserRow) => ({
  id: user.id,
  name: user.name,
  email: user.is_anonymous ? null : user.email,
  role: user.role,
  suspended: user.suspended_at !== null,
});
