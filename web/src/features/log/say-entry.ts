import { type Act, actNames } from '../../../../contract/acts.ts';
import type { AuditEntry } from '../../../../contract/audit-log.ts';
import { t } from './words.ts';

/** A newer server may have acts that this page does not know yet. */
export const sayAct = (act: Act): string => (actNames.includes(act) ? t(act) : act);

export function sayActor({ kind, name, role, apiKey }: AuditEntry['actor']): string {
  if (kind === 'secret') return t('bySecret');
  if (kind === 'provider') return t('byProvider');
  if (kind !== 'user') return t('bySystem');
  if (name === null) return t('byDeleted');
  const by = t('by', { name });
  const named = role ? `${by} (${t(role === 'admin' ? 'adminRole' : role)})` : by;
  return apiKey ? `${named} ${t('withKey', { key: apiKey.name })}` : named;
}
