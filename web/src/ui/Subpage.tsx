import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { backLink } from './back-link.ts';
import { Icon } from './Icon.tsx';

/** A page below another one: the link back to it, the heading and the content. */
export function Subpage({
  back,
  backText,
  title,
  isWide = false,
  children,
}: {
  back: LinkProps;
  backText: string;
  title: ReactNode;
  /** For a table with many columns. */
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`page ${isWide ? 'max-w-6xl' : 'max-w-3xl'} py-6 sm:py-10`}>
      <Link {...back} className={backLink}>
        <Icon name="left" size={18} />
        {backText}
      </Link>
      <h1 tabIndex={-1} className="mt-2 text-title font-extrabold">
        {title}
      </h1>
      {children}
    </div>
  );
}
