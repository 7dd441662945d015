import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changeWebhookEndpoint, makeWebhookEndpoint } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { type WebhookType, webhookTypes } from '../../../../contract/webhook-events.ts';
import type { WebhookEndpoint } from '../../../../contract/webhooks.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Fault } from './MakeKey.tsx';
import { webhooksQuery } from './queries.ts';
import { Secret } from './Secret.tsx';
import { t } from './words.ts';

/** Makes an endpoint and shows its secret once, or changes one. */
export function EndpointForm({
  organisationId,
  endpoint: present,
  onClose,
}: {
  organisationId: OrganisationId;
  /** The endpoint to change; without it a new one is made. */
  endpoint?: WebhookEndpoint;
  onClose: () => void;
}) {
  const client = useQueryClient();
  // The version goes with what the form shows. A refetch may bring a colleague's change while the form is open.
  const [endpoint] = useState(present);
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [types, setTypes] = useState<readonly WebhookType[]>(endpoint?.types ?? ['order.confirmed']);
  const [withBuyer, setWithBuyer] = useState(endpoint?.withBuyer ?? false);
  const [isTried, setIsTried] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const body = { url: url.trim(), description: description.trim(), types: [...types], withBuyer };
      if (!endpoint) return call(makeWebhookEndpoint, { params: { organisationId }, body });
      const params = { organisationId, endpointId: endpoint.id };
      await call(changeWebhookEndpoint, { params, body, ifMatch: endpoint.version });
      return null;
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: webhooksQuery(organisationId).queryKey });
      if (!made) onClose();
    },
  });
  const faults = {
    url: URL.canParse(url.trim()) ? undefined : t('addressMissing'),
    types: types.length === 0 ? t('typesMissing') : undefined,
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    setIsTried(true);
    if (!save.isPending && !faults.url && !faults.types) save.mutate();
  };
  return (
    <Dialog
      title={t(endpoint ? 'changeHook' : 'makeHook')}
      closeLabel={t('close')}
      onClose={() => save.isPending || onClose()}
      stays={save.data?.secret !== undefined}
    >
      {save.data ? (
        <Secret secret={save.data.secret} />
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-5">
          <Field
            label={t('address')}
            hint={t('addressHint')}
            error={isTried ? faults.url : undefined}
            inputMode="url"
            autoCapitalize="none"
            maxLength={500}
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
          <Field
            label={t('description')}
            maxLength={120}
            value={description}
            onChange={({ target }) => setDescription(target.value)}
          />
          <fieldset className="min-w-0">
            <legend className="font-semibold">{t('types')}</legend>
            {webhookTypes.map((type) => (
              <Check
                key={type}
                label={t(`type.${type}`)}
                checked={types.includes(type)}
                onChange={(checked) =>
                  setTypes((all) => (checked ? [...all, type] : all.filter((each) => each !== type)))
                }
              />
            ))}
            <Fault text={isTried ? faults.types : undefined} />
          </fieldset>
          <Check label={t('withBuyer')} checked={withBuyer} onChange={setWithBuyer} />
          {save.error && (
            <Notice tone="bad" live>
              {sayProblem(save.error)}
            </Notice>
          )}
          <div className="flex justify-end max-sm:*:grow">
            <Button type="submit" busy={save.isPending}>
              {t(endpoint ? 'save' : 'make')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

const Check = ({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) => (
  <label className="flex min-h-11 cursor-pointer items-center gap-3">
    <input
      type="checkbox"
      className="size-5 shrink-0 accent-accent"
      checked={checked}
      onChange={({ target }) => onChange(target.checked)}
    />
    <span className="min-w-0 wrap-anywhere">{label}</span>
  </label>
);
