import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportMe } from '../../../../client/endpoints.generated.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { t } from './words.ts';

/** Exporting one's data, and deleting the account. */
export function YourData({ email }: { email: string }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('yourData')}</h2>
      <p className="mt-1 text-muted">{t('yourDataText')}</p>
      <p className="mt-3 flex flex-wrap gap-3">
        <a href={addressOf(exportMe)} download="admit.json" className={buttonClass('quiet', 'small')}>
          <Icon name="download" size={18} />
          {t('export')}
        </a>
        <Button look="quiet" size="small" onClick={() => setLeaving(true)}>
          {t('deleteAccount')}
        </Button>
      </p>
      {leaving && <DeleteDialog email={email} onClose={() => setLeaving(false)} />}
    </section>
  );
}
