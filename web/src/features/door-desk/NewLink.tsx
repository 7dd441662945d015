import { useMemo, useState } from 'react';
import { renderSVG } from 'uqr';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatWhen } from '../../ui/When.tsx';
import type { MadeLink } from './LinkForm.tsx';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  made: MadeLink;
  onClose: () => void;
}

/** Shows a new link, to scan, copy or print. Its secret is shown only here. */
export function NewLink({ event, made, onClose }: Props) {
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(made.url).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <Dialog
      title={t('madeTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={() => print()}>
            {t('print')}
          </Button>
          <Button onClick={onClose}>{t('done')}</Button>
        </>
      }
    >
      <div className="prints-alone grid gap-4">
        <p className="text-lg font-bold wrap-anywhere">
          <bdi>{made.label}</bdi>
          {made.gate && (
            <>
              {' · '}
              <bdi>{made.gate}</bdi>
            </>
          )}
        </p>
        <p className="wrap-anywhere">
          <bdi>{event.title}</bdi>
        </p>
        <QrCode text={made.url} />
        <p className="text-muted">{t('madeText')}</p>
        <p className="text-sm text-muted">
          {t('until', { when: formatWhen(made.expiresAt, event.timeZone) })}
        </p>
      </div>
      <label className="mt-5 block">
        <span className="mb-1.5 block text-sm font-semibold">{t('address')}</span>
        <input
          readOnly
          dir="ltr"
          value={made.url}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className="min-h-12 w-full rounded-field border border-line bg-raised px-3 text-ink"
        />
      </label>
      <p className="mt-3">
        <Button look="quiet" size="small" onClick={copy}>
          <span aria-live="polite">{t(isCopied ? 'copied' : 'copy')}</span>
        </Button>
      </p>
    </Dialog>
  );
}

/** Dark on white in every theme, because some scanners can't read inverted codes. */
function QrCode({ text }: { text: string }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 2 }))}`,
    [text],
  );
  return <img src={source} alt={t('qrCode')} width={260} height={260} className="rounded-field" />;
}
