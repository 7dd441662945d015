import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { updateProfile } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { profileQuery } from './queries.ts';
import { t } from './words.ts';

const choices = [
  { mail: 'reminders', title: 'mailReminders', text: 'mailRemindersText' },
  { mail: 'news', title: 'mailNews', text: 'mailNewsText' },
  { mail: 'exports', title: 'mailExports', text: 'mailExportsText' },
  { mail: 'signIns', title: 'mailSignIns', text: 'mailSignInsText' },
] as const;
type Mail = (typeof choices)[number]['mail'];

/** Which mails a person wants. A choice shows at once, and is reverted if the server could not save it. */
export function MailChoices() {
  const client = useQueryClient();
  const { data: profile } = useSuspenseQuery(profileQuery);
  // Uses state and not the query's cache. The cache updates its readers a moment later, so a box would briefly show
  // its old state.
  const [chosen, setChosen] = useState<Partial<Record<Mail, boolean>>>({});
  const choose = useMutation({
    mutationFn: ({ mail, wanted }: { mail: Mail; wanted: boolean }) =>
      call(updateProfile, { body: { mails: { [mail]: wanted } } }),
    onSettled: async (_profile, _error, { mail }) => {
      await client.invalidateQueries({ queryKey: profileQuery.queryKey, exact: true });
      setChosen(({ [mail]: _, ...others }) => others);
    },
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('mails')}</h2>
      <p className="mt-1 text-muted">{t('mailsText')}</p>
      <div className="mt-3 divide-y divide-line border-y border-line">
        {choices.map(({ mail, title, text }) => (
          <label key={mail} className="flex items-center gap-4 py-4">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{t(title)}</span>
              <span className="block text-sm text-muted">{t(text)}</span>
            </span>
            <input
              type="checkbox"
              checked={chosen[mail] ?? profile.mails[mail]}
              onChange={({ target: { checked: wanted } }) => {
                setChosen((before) => ({ ...before, [mail]: wanted }));
                choose.mutate({ mail, wanted });
              }}
              className="size-6 shrink-0 accent-accent"
            />
          </label>
        ))}
      </div>
      {choose.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(choose.error)}
        </Notice>
      )}
    </section>
  );
}
