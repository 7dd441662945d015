import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { updateProfile } from './operations.ts';
import { profileQuery } from './queries.ts';
import { t } from './words.ts';

const choices = [
  { mail: 'reminders', title: 'mailReminders', text: 'mailRemindersText' },
  { mail: 'signIns', title: 'mailSignIns', text: 'mailSignInsText' },
] as const;
type Mail = (typeof choices)[number]['mail'];

/** Which mails may come. A choice shows at once, and goes back where the server could not keep it. */
export function MailChoices() {
  const client = useQueryClient();
  const { data: profile } = useSuspenseQuery(profileQuery);
  const choose = useMutation({
    mutationFn: (mails: Partial<Record<Mail, boolean>>) => updateProfile({ body: { mails } }),
    onMutate: async (mails) => {
      await client.cancelQueries({ queryKey: profileQuery.queryKey, exact: true });
      const before = client.getQueryData(profileQuery.queryKey);
      if (before)
        client.setQueryData(profileQuery.queryKey, { ...before, mails: { ...before.mails, ...mails } });
      return before;
    },
    onError: (_error, _mails, before) => client.setQueryData(profileQuery.queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: profileQuery.queryKey, exact: true }),
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
              checked={profile.mails[mail]}
              onChange={(event) => choose.mutate({ [mail]: event.target.checked })}
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
