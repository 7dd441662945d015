import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { t } from './words.ts';

/** A secret that is shown once. */
export function Secret({ secret }: { secret: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Notice tone="good" title={t('once')} live>
      <p dir="ltr" className="mt-1 select-all font-mono wrap-anywhere">
        {secret}
      </p>
      <Button
        look="quiet"
        size="small"
        className="mt-2"
        onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}
      >
        {t(copied ? 'copied' : 'copy')}
      </Button>
    </Notice>
  );
}
