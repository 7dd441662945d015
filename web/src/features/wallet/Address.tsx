import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Order } from '../../../../contract/orders.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AddressDialog } from './AddressDialog.tsx';
import { orderQuery } from './queries.ts';
import { t } from './words.ts';

/** Where the tickets went, and the way to another address, until a ticket was used. */
export function Address({ order, offline }: { order: Order; offline: boolean }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const used = order.tickets.some(({ status }) => status === 'used');
  if (order.status !== 'confirmed') return null;
  return (
    <div className="mt-4">
      {sentTo !== null && (
        <Notice tone="good" live className="mb-4">
          {t('addressSent', { email: sentTo })}
        </Notice>
      )}
      <Button
        look="quiet"
        disabledBecause={offline ? t('needsConnection') : used && t('addressFixed')}
        onClick={() => setAsking(true)}
      >
        {t('address')}
      </Button>
      {used && <p className="mt-2 text-sm text-muted">{t('addressFixed')}</p>}
      {asking && (
        <AddressDialog
          order={order}
          words={{
            title: t('addressTitle'),
            text: t('addressText'),
            email: t('email'),
            send: t('addressSend'),
            close: t('close'),
          }}
          autoComplete="email"
          onClose={() => setAsking(false)}
          onSent={(corrected) => {
            client.setQueryData(orderQuery(order.id).queryKey, corrected);
            setSentTo(corrected.buyer.email);
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
