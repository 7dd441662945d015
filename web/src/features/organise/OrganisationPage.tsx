import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Me } from '../../../../contract/accounts.ts';
import { type Capability, mayIn } from '../../../../contract/team-roles.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { chosenOrganisation } from './chosen.ts';

/** A page of the organisation that the address names by `org`, or else of the person's first one. */
export function OrganisationPage({
  title,
  back = paths.organise,
  backText,
  needs,
  children,
}: {
  title: string;
  back?: typeof paths.organise | typeof paths.team | typeof paths.webhooks;
  /** The organisation's name, if left out. */
  backText?: string;
  /** What the member's role must allow. Everybody else reads `refusal`. */
  needs?: { capability: Capability; refusal: string };
  /** Is rendered anew for another organisation. */
  children: (organisation: Me['organisations'][number]) => ReactNode;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = useSearch({ strict: false });
  const organisation = chosenOrganisation(me, org);
  useTitle(title);
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: back, search: { org: organisation.id } }}
      backText={backText ?? organisation.name}
      title={title}
    >
      {!needs || mayIn(organisation, needs.capability) ? (
        <Fragment key={organisation.id}>{children(organisation)}</Fragment>
      ) : (
        <Notice tone="bad" className="mt-6">
          {needs.refusal}
        </Notice>
      )}
    </Subpage>
  );
}
