import { brandColors, pageColors } from '../../../../contract/brand-colors.ts';
import { t } from './words.ts';

/** How a color will look on light and on dark pages, and whether it was moved. Nothing while it is no color yet. */
export function ColorPreview({ color }: { color: string }) {
  if (!/^#[0-9a-f]{6}$/.test(color)) return null;
  const colors = brandColors(color);
  return (
    <ul className="mt-3 grid gap-3 sm:grid-cols-2">
      {(['light', 'dark'] as const).map((scheme) => {
        const { accent, onAccent } = colors[scheme];
        return (
          <li
            key={scheme}
            className="rounded-card border border-line p-4"
            style={{
              background: pageColors[scheme].paper,
              color: pageColors[scheme].ink,
            }}
          >
            <p className="flex flex-wrap items-center gap-3">
              <span className="font-semibold" style={{ color: accent }}>
                {t(scheme === 'light' ? 'colorLight' : 'colorDark')}
              </span>
              <span
                className="rounded-full px-3 py-1 font-semibold"
                style={{ background: accent, color: onAccent }}
              >
                <bdi dir="ltr">{accent}</bdi>
              </span>
            </p>
            <p className="mt-2 text-sm">
              {accent === color ? t('colorKept') : t('colorMoved', { color: accent })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
