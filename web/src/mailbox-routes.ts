import { createRoute } from '@tanstack/react-router';
import { load as mailboxWords } from './features/mailbox/words.ts';
import { page } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

const mailboxQueries = () => import('./features/mailbox/queries.ts');

export const mailbox = createRoute({
  ...at(paths.mailbox),
  loader: async ({ context }) => context.queryClient.fetchQuery((await mailboxQueries()).mailboxQuery),
  component: page(() => import('./features/mailbox/MailboxPage.tsx'), 'MailboxPage', mailboxWords),
});

export const message = createRoute({
  ...at(paths.message),
  loader: async ({ context, params }) => {
    const { messageQuery } = await mailboxQueries();
    await context.queryClient.ensureQueryData(messageQuery(params.messageId));
  },
  component: page(() => import('./features/mailbox/MessagePage.tsx'), 'MessagePage', mailboxWords),
});
