import type { ReactNode } from 'react';

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-12">
      <h2 className="text-2xl font-bold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}

/** The same thing twice. Every token is a pair of colours, and `color-scheme` says which of them is meant. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="text-sm font-semibold text-muted">{name}</h3>
      <div className="mt-2 grid gap-4 lg:grid-cols-2">
        {(['light', 'dark'] as const).map((theme) => (
          <div
            key={theme}
            style={{ colorScheme: theme }}
            className="min-w-0 rounded-card border border-line bg-paper p-5 text-ink sm:p-6"
          >
            {children}
          </div>
        ))}
      </div>
    </section>
  );
}

export const Row = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3 not-first:mt-4">{children}</div>
);
