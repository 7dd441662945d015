import { Notice } from '../../ui/Notice.tsx';
import { t } from './words.ts';

/** After a save that was refused because somebody else had saved: what they set in the fields that this person changed. */
export function OthersSaved({ contested }: { contested: { label: string; value: string }[] }) {
  return (
    <Notice tone="warn" title={t('savedMeanwhile')} live>
      <p>{t('savedMeanwhileText')}</p>
      {contested.length > 0 && (
        <ul className="mt-2">
          {contested.map(({ label, value }) => (
            <li key={label} className="wrap-anywhere">
              {label}: <bdi className="font-semibold">{value || t('empty')}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
