import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { SignInFirst } from './SignInFirst.tsx';

/** A page below the account, for admins of the platform. Everybody else reads `refusal`. */
export function AdminPage({
  path,
  title,
  backText,
  refusal,
  children,
}: {
  /** Its own address, to which signing in leads back. */
  path: string;
  title: string;
  backText: string;
  refusal: string;
  children: ReactNode;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  useTitle(title);
  if (!me || me.isGuest) return <SignInFirst next={path} />;
  return (
    <Subpage back={{ to: paths.account }} backText={backText} title={title}>
      {me.role === 'admin' ? (
        children
      ) : (
        <Notice tone="bad" className="mt-6">
          {refusal}
        </Notice>
      )}
    </Subpage>
  );
}
