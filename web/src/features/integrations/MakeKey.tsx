import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { makeApiKey } from '../../../../client/endpoints.generated.ts';
import type { ApiKeyScope } from '../../../../contract/api-key-scopes.ts';
import { mostApiKeyEvents } from '../../../../contract/api-keys.ts';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { EventChoice } from '../organise/EventChoice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { apiKeysQuery } from './queries.ts';
import { Secret } from './Secret.tsx';
import { type Area, areaName, areas, type Right, rightsIn } from './scope-choice.ts';
import { t } from './words.ts';

const dayChoices = [30, 90, 365];
const dayMs = 24 * 3_600_000;

/** Makes a key, and shows its secret once. */
export function MakeKey({
  organisationId,
  onClose,
}: {
  organisationId: OrganisationId;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<Partial<Record<Area, Right>>>({});
  const [events, setEvents] = useState<EventId[] | null>(null);
  const [days, setDays] = useState(0);
  const [isTried, setIsTried] = useState(false);
  const scopes = areas.flatMap((area) => (rights[area] ? [`${area}:${rights[area]}` as ApiKeyScope] : []));
  const make = useMutation({
    mutationFn: () =>
      call(makeApiKey, {
        params: { organisationId },
        body: {
          name: name.trim(),
          scopes,
          ...(events && { eventIds: events }),
          ...(days > 0 && { expiresAt: new Date(nowMs() + days * dayMs).toISOString() }),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery(organisationId).queryKey }),
  });
  const faults = {
    name: name.trim() === '' ? t('nameMissing') : undefined,
    scopes: scopes.length === 0 ? t('scopesMissing') : undefined,
    events: faultOf(events),
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    setIsTried(true);
    if (!make.isPending && !faults.name && !faults.scopes && !faults.events) make.mutate();
  };
  const choose = (area: Area, right: string) =>
    setRights(({ [area]: _, ...rest }) => (right ? { ...rest, [area]: right as Right } : rest));
  return (
    <Dialog
      title={t('makeKey')}
      closeLabel={t('close')}
      onClose={() => make.isPending || onClose()}
      stays={make.isSuccess}
    >
      {make.data ? (
        <Secret secret={make.data.secret} />
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-5">
          <Field
            label={t('name')}
            hint={t('nameHint')}
            error={isTried ? faults.name : undefined}
            maxLength={80}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <fieldset className="min-w-0">
            <legend className="mb-2 font-semibold">{t('scopes')}</legend>
            <div className="grid gap-3 sm:grid-cols-2">
              {areas.map((area) => (
                <Select
                  key={area}
                  label={areaName(area)}
                  value={rights[area] ?? ''}
                  onChange={({ target }) => choose(area, target.value)}
                >
                  <option value="">{t('nothing')}</option>
                  {rightsIn(area).map((right) => (
                    <option key={right} value={right}>
                      {t(right)}
                    </option>
                  ))}
                </Select>
              ))}
            </div>
            <Fault text={isTried ? faults.scopes : undefined} />
          </fieldset>
          <div>
            <EventChoice
              organisationId={organisationId}
              legend={t('events')}
              chosen={events}
              onChange={setEvents}
            />
            <Fault text={isTried ? faults.events : undefined} />
          </div>
          <Select label={t('ends')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
            <option value={0}>{t('never')}</option>
            {dayChoices.map((each) => (
              <option key={each} value={each}>
                {t('inDays', { days: each })}
              </option>
            ))}
          </Select>
          {make.error && (
            <Notice tone="bad" live>
              {sayProblem(make.error)}
            </Notice>
          )}
          <div className="flex justify-end max-sm:*:grow">
            <Button type="submit" busy={make.isPending}>
              {t('make')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function faultOf(events: EventId[] | null): string | undefined {
  if (!events) return undefined;
  if (events.length === 0) return t('eventsMissing');
  return events.length > mostApiKeyEvents ? t('eventsMany', { most: mostApiKeyEvents }) : undefined;
}

/** Why a group of choices is refused. */
export const Fault = ({ text }: { text: string | undefined }) =>
  text ? (
    <p role="alert" className="mt-1 text-sm font-medium text-bad">
      {text}
    </p>
  ) : null;
