import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** Shows the backup codes, which are shown only once. Each lets the person sign in once without the app. */
export function BackupCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`;
  return (
    <div className="mt-4 rounded-card border border-line p-5">
      <h3 ref={heading} tabIndex={-1} className="font-bold">
        {t('backupCodes')}
      </h3>
      <p className="mt-1 text-muted">{t('backupCodesText')}</p>
      <ul
        dir="ltr"
        aria-label={t('backupCodes')}
        className="mt-4 grid grid-cols-2 gap-x-6 gap-y-2 rounded-field bg-sunken p-4 font-mono select-all"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="mt-4 flex flex-wrap gap-3">
        <a
          href={file}
          download="admit-backup-codes.txt"
          className="inline-flex min-h-12 items-center rounded-full border border-line bg-raised px-5 font-semibold hover:bg-sunken"
        >
          {t('saveCodes')}
        </a>
        <Button onClick={onDone}>{t('codesKept')}</Button>
      </p>
    </div>
  );
}
