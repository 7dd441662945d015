/** What a process may do. By default one process does everything. docs/operations.md says what each role starts and needs. */
export const roles = ['api', 'realtime', 'worker', 'notifications', 'waitlist'] as const;

export type Role = (typeof roles)[number];

/** `api,worker` */
export function readRoles(text: string): Role[] {
  const named = [...new Set(text.split(',').map((role) => role.trim()))];
  const wrong = named.find((role) => !roles.includes(role as Role));
  if (wrong !== undefined)
    throw new Error(`"${wrong}" is not a role. Name some of ${roles.join(', ')}, with commas between them`);
  return named as Role[];
}

/** Whether a process with these roles listens on its port. */
export const listens = (of: readonly Role[]): boolean => of.includes('api') || of.includes('realtime');
