/**
 * The component gallery: `npm run dev`, then /ui. It is a page of its own (web/ui.html) that only Vite's server
 * knows: the build begins at index.html and never comes here, so that no byte of it reaches a visitor.
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterContextProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Language, languages } from '../../contract/languages.ts';
import { load as account } from '../src/features/account/words.ts';
import { load as buy } from '../src/features/buy/words.ts';
import { load as checkout } from '../src/features/checkout/words.ts';
import { load as covers } from '../src/features/covers/words.ts';
import { load as door } from '../src/features/door/words.ts';
import { load as explore } from '../src/features/explore/words.ts';
import { load as organise } from '../src/features/organise/words.ts';
import { load as problems } from '../src/features/problems/words.ts';
import { load as seats } from '../src/features/seats/words.ts';
import { load as shell } from '../src/features/shell/words.ts';
import { load as wallet } from '../src/features/wallet/words.ts';
import { createAppRouter } from '../src/routes.tsx';
import { Gallery } from './Gallery.tsx';
import './gallery.css';

// The language is the address's alone: to look at another one does not change the reader's own.
const wanted = new URLSearchParams(location.search).get('language') ?? 'en';
const spoken = (Object.hasOwn(languages, wanted) ? wanted : 'en') as Language;
document.documentElement.lang = spoken;
document.documentElement.dir = languages[spoken].direction;

await Promise.all(
  [account, buy, checkout, covers, door, explore, organise, problems, seats, shell, wallet].map((load) =>
    load(),
  ),
);

const queryClient = new QueryClient();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      {/* Links know where they would lead; what the router would show there is not rendered. */}
      <RouterContextProvider router={createAppRouter(queryClient)}>
        <Gallery />
      </RouterContextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
