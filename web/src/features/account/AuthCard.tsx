import type { ReactNode } from 'react';

/** The frame of the pages with one short form. */
export function AuthCard({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {title}
      </h1>
      {lead && <div className="mt-2 text-muted">{lead}</div>}
      <div className="mt-8">{children}</div>
    </div>
  );
}
