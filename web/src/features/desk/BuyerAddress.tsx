import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Order } from '../../../../contract/orders.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AddressDialog } from '../wallet/AddressDialog.tsx';
import { historyQuery, soldOrderQuery } from './queries.ts';
import { t } from './words.ts';

/** For members who may: sends the tickets again, to the same address or to a corrected one. */
export function BuyerAddress({ order }: { order: Order }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const isUsed = order.tickets.some(({ status }) => status === 'used');
  return (
    <>
      <Button
        look="quiet"
        size="small"
        className="mt-3"
        disabledBecause={isUsed && t('addressFixed')}
        onClick={() => setAsking(true)}
      >
        {t('sendAgain')}
      </Button>
      <div aria-live="polite" className="mt-3 empty:hidden">
        {sentTo && <Notice tone="good">{t('sentTo', { email: sentTo })}</Notice>}
      </div>
      {asking && (
        <AddressDialog
          order={order}
          words={{
            title: t('sendAgain'),
            text: t('sendAgainText'),
            email: t('buyerEmail'),
            send: t('send'),
            close: t('close'),
          }}
          autoComplete="off"
          onClose={() => setAsking(false)}
          onSent={(corrected) => {
            client.setQueryData(soldOrderQuery(order.id).queryKey, corrected);
            void client.invalidateQueries({ queryKey: historyQuery(order.id).queryKey });
            setSentTo(corrected.buyer.email);
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
