import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { isProblem } from '../../client/problem.ts';
import { maySignedIn } from './api/session.ts';
import { load as loadProblemWords } from './features/problems/words.ts';
import { load as loadShellWords } from './features/shell/words.ts';
import { registerWorker } from './offline/register.ts';
import { createAppRouter } from './routes.tsx';
import { useLanguage } from './ui/language.ts';
import './styles.css';

// A button is busy before the browser can deliver the next press. By default React Query tells a page after a timer of 0 ms,
// and browsers deliver a second Enter before timers: it would act again.
notifyManager.setScheduler(queueMicrotask);

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Without a connection, a query must use its cache or fail, and not pause silently.
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 30_000,
      // Retries only refusals that a retry may change.
      retry: (failures, error) => failures < 2 && isProblem(error) && error.retryable,
    },
    mutations: { networkMode: 'always' },
  },
});

const router = createAppRouter(queryClient);

/** Renders everything again in another language. */
function App() {
  return <RouterProvider key={useLanguage()} router={router} />;
}

const root = document.getElementById('root') as HTMLElement;

/** Shows the page. Not at the top level of this module: pages import other parts of its file, and would wait for themselves. */
async function start(): Promise<void> {
  await Promise.all([
    // The frame of every page needs these texts first.
    loadShellWords(),
    // The server's first screen stays until the page can replace it in one step.
    root.hasChildNodes() && router.load().catch(() => {}),
  ]);
  const shown = createRoot(root, {
    // The server's refusals have a page that explains them. Only unforeseen errors belong in the log.
    onCaughtError: (error) => {
      if (!isProblem(error)) reportError(error);
    },
  });
  // Renders in slices, so that the browser can answer scrolls and taps in between.
  startTransition(() =>
    shown.render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}
void start();

// Loads the texts of errors when the person first touches the page: no error appears before that, and later there may
// be no connection.
for (const touch of ['pointerdown', 'keydown'])
  addEventListener(touch, () => void loadProblemWords().catch(() => {}), { once: true });
// A newcomer has no wallet yet. The first order registers the worker (features/wallet/kept.ts).
if (maySignedIn())
  void registerWorker()
    .then(renewPushSoon)
    .catch(() => {});

/** Most people have no notifications here, so nothing is loaded for them. */
async function renewPushSoon(): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  await (await import('./features/push/browser.ts')).renewPush();
}
