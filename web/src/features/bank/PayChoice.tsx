import type { LaterWay } from '../../../../contract/pay-way-fields.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t } from './words.ts';

type Way = 'card' | LaterWay;

/** How the buyer pays. Shown only where there is a choice. */
export function PayChoice({
  ways,
  chosen,
  onChoose,
}: {
  ways: readonly { way: Way; payUntil: string | null }[];
  chosen: Way;
  onChoose: (way: Way) => void;
}) {
  return (
    <fieldset className="mt-6">
      <legend className="text-xl font-bold tracking-tight">{t('howToPay')}</legend>
      <div className="mt-3 grid gap-3">
        {ways.map(({ way, payUntil }) => (
          <label
            key={way}
            className="flex min-h-14 cursor-pointer items-start gap-3 rounded-field border border-line bg-raised p-4 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="pay-by"
              className="mt-1 size-5 shrink-0 accent-accent"
              checked={chosen === way}
              onChange={() => onChoose(way)}
            />
            <span className="min-w-0">
              <span className="block font-semibold">{t(way)}</span>
              <span className="block text-sm text-muted">
                {payUntil === null
                  ? t('cardText')
                  : t('transferText', { until: formatWhen(payUntil, ownTimeZone()) })}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
