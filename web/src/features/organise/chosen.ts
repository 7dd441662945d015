import type { Me } from '../../../../contract/accounts.ts';

/** The organisation that the address names by `org`, or else the person's first one; undefined if they have none. */
export const chosenOrganisation = (me: Pick<Me, 'organisations'> | null, org: string | undefined) =>
  me?.organisations.find(({ id }) => id === org) ?? me?.organisations[0];
