import type { MadeVouchers } from '../../../../contract/vouchers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { t } from './words.ts';

/** How many codes were made, or which rows of the file are wrong. */
export function Made({ result: { made, bad }, dryRun }: { result: MadeVouchers; dryRun: boolean }) {
  if (bad.length === 0)
    return <Notice tone="good">{t(dryRun ? 'wouldMake' : 'made', { count: made })}</Notice>;
  return (
    <Notice tone="bad" title={t('badRows', { count: bad.length })}>
      <ul className="mt-1 max-h-60 overflow-y-auto">
        {bad.map(({ row, code, fault }) => (
          <li key={row} className="wrap-anywhere">
            {t('badRow', { row: String(row), code, fault: t(fault) })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
