import { Icon } from '../../ui/Icon.tsx';
import { badgeOf, type OrderFacts } from './say-order.ts';
import { t } from './words.ts';

export function OrderStatus({ order }: { order: OrderFacts }) {
  const { word, icon, color } = badgeOf(order);
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full px-3 py-1 text-sm font-semibold ${color}`}
    >
      <Icon name={icon} size={16} />
      {t(word)}
    </span>
  );
}
