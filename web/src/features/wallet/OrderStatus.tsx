import type { OrderStatus as Status } from '../../../../contract/orders.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { t } from './words.ts';

const looks: Record<Status, { word: Parameters<typeof t>[0]; icon: IconName; color: string }> = {
  pending: { word: 'statusPending', icon: 'clock', color: 'bg-warn-soft text-warn' },
  confirmed: { word: 'statusConfirmed', icon: 'check', color: 'bg-good-soft text-good' },
  failed: { word: 'statusFailed', icon: 'cross', color: 'bg-bad-soft text-bad' },
  expired: { word: 'statusExpired', icon: 'clock', color: 'bg-sunken text-muted' },
  cancelled: { word: 'statusCancelled', icon: 'cross', color: 'bg-sunken text-muted' },
  refunded: { word: 'statusRefunded', icon: 'back', color: 'bg-sunken text-muted' },
  completed: { word: 'statusCompleted', icon: 'check', color: 'bg-sunken text-muted' },
};

export function OrderStatus({ status }: { status: Status }) {
  const { word, icon, color } = looks[status];
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full px-3 py-1 text-sm font-semibold ${color}`}
    >
      <Icon name={icon} size={16} />
      {t(word)}
    </span>
  );
}
