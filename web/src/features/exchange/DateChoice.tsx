import type { ExchangeQuote } from '../../../../contract/exchanges.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { placeLine } from '../../../../contract/place.ts';
import { formatWhen } from '../../ui/When.tsx';
import type { By } from './by.ts';
import type { Exchanged } from './Exchange.tsx';
import { t } from './words.ts';

interface Props {
  ticket: Exchanged;
  by: By;
  dates: ExchangeQuote['dates'];
  /** The other date that is chosen; null for the date of the ticket. */
  chosen: EventId | null;
  onChoose(id: EventId | null): void;
}

/** The dates of the run, the ticket's own first. */
export function DateChoice({ ticket: { event }, by, dates, chosen, onChoose }: Props) {
  const choices = [
    {
      id: null,
      when: formatWhen(event.startsAt, event.timeZone),
      about: t(by === 'team' ? 'teamDate' : 'yourDate'),
    },
    ...dates.map(({ id, startsAt, timeZone, venueName, city }) => ({
      id,
      when: formatWhen(startsAt, timeZone),
      about: placeLine(venueName, city),
    })),
  ];
  return (
    <fieldset className="mt-8">
      <legend className="text-xl font-bold tracking-tight">{t('date')}</legend>
      <ul className="mt-3 grid gap-2 sm:grid-cols-2">
        {choices.map(({ id, when, about }) => (
          <li key={id ?? 'own'}>
            <label className="flex min-h-14 items-center gap-x-3 rounded-field border border-line px-4 py-2 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2">
              <input
                type="radio"
                name="date"
                className="size-5 shrink-0 accent-accent"
                checked={chosen === id}
                onChange={() => onChoose(id)}
              />
              <span className="min-w-0 grow">
                <span className="block font-semibold wrap-anywhere">{when}</span>
                <span className="block text-sm text-muted wrap-anywhere">
                  <bdi>{about}</bdi>
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
