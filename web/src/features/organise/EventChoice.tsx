import { useQuery } from '@tanstack/react-query';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { organisationEventsQuery } from './queries.ts';
import { t } from './words.ts';

/** Which events a role or an API key counts for: all (null), or those that are ticked. */
export function EventChoice({
  organisationId,
  chosen,
  onChange,
  legend = t('roleEvents'),
}: {
  organisationId: OrganisationId;
  legend?: string;
  chosen: readonly EventId[] | null;
  onChange: (chosen: EventId[] | null) => void;
}) {
  const { data } = useQuery(organisationEventsQuery(organisationId));
  return (
    <fieldset className="min-w-0">
      <legend className="font-semibold">{legend}</legend>
      <Option type="radio" checked={chosen === null} onChange={() => onChange(null)}>
        {t('allEvents')}
      </Option>
      <Option type="radio" checked={chosen !== null} onChange={() => onChange([])}>
        {t('someEvents')}
      </Option>
      {chosen !== null && (
        <ul className="max-h-64 overflow-y-auto ps-8">
          {data?.items.map(({ id, title, startsAt }) => (
            <li key={id}>
              <Option
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(checked) =>
                  onChange(checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                }
              >
                <bdi>{title}</bdi>
                <span className="text-muted"> · {formatWhen(startsAt, ownTimeZone(), 'short')}</span>
              </Option>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function Option({
  type,
  checked,
  onChange,
  children,
}: {
  type: 'radio' | 'checkbox';
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: React.ReactNode;
}) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        type={type}
        className="size-5 shrink-0 accent-accent"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </label>
  );
}
