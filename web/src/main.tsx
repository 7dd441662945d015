import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
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

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Without a connection an answer is kept, or its lack is said; nothing waits without a word.
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 30_000,
      // A refusal that says "later" is asked again; any other would only be refused again.
      retry: (failures, error) => failures < 2 && isProblem(error) && error.retryable,
    },
    mutations: { networkMode: 'always' },
  },
});

const router = createAppRouter(queryClient);

/** Everything that is said is said anew in another language. */
function App() {
  return <RouterProvider key={useLanguage()} router={router} />;
}

const root = document.getElementById('root') as HTMLElement;
await Promise.all([
  // What surrounds every page can say nothing before.
  loadShellWords(),
  // What the server has painted stays until the page can take its place in one step.
  root.hasChildNodes() && router.load().catch(() => {}),
]);

const shown = createRoot(root, {
  // A refusal of the server has a page that explains it; only what nobody foresaw belongs in the log.
  onCaughtError: (error) => {
    if (!isProblem(error)) reportError(error);
  },
});
// In slices, between which the browser can answer who scrolls or taps already.
startTransition(() =>
  shown.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
);

// Nothing that a person asks for is refused before they touch the page; by then there may be no connection.
for (const touch of ['pointerdown', 'keydown'])
  addEventListener(touch, () => void loadProblemWords().catch(() => {}), { once: true });
// A newcomer has no wallet yet; the first order brings the worker (features/wallet/kept.ts).
if (maySignedIn()) void registerWorker().catch(() => {});
