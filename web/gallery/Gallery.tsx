import { languages } from '../../contract/languages.ts';
import { Composed } from './Composed.tsx';
import { Foundations } from './Foundations.tsx';
import { Parts } from './Parts.tsx';

/** Every component in light and dark beside each other; another language shows all of them in it. */
export function Gallery() {
  return (
    <main className="mx-auto max-w-[90rem] px-4 py-8 sm:px-8">
      <h1 className="text-title font-extrabold">Components</h1>
      <p className="mt-2 text-muted">
        What pages are made of, with long names and short, in light and in dark.
      </p>
      <nav aria-label="Languages" className="mt-4 flex flex-wrap gap-2">
        {Object.entries(languages).map(([key, { name }]) => (
          <a
            key={key}
            href={`?language=${key}`}
            lang={key}
            aria-current={document.documentElement.lang === key ? 'page' : undefined}
            className="inline-flex min-h-11 items-center rounded-full border border-line px-4 font-medium aria-[current=page]:bg-ink aria-[current=page]:text-paper"
          >
            {name}
          </a>
        ))}
      </nav>
      <Foundations />
      <Parts />
      <Composed />
    </main>
  );
}
