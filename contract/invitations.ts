import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { invitationFields } from './person.ts';
import { ownsAllEvents, teamRoles } from './team-roles.ts';
import { instantSchema } from './time.ts';

/**
 * Joining a team: an owner invites an e-mail address, and a person joins by accepting. The link in the mail carries a
 * secret in its fragment. A client sends the secret in a body and never in a URL, so that no log and no Referer header
 * contains it.
 */
export const invitationStates = ['pending', 'expired', 'withdrawn', 'declined', 'accepted'] as const;
export type InvitationState = (typeof invitationStates)[number];

const secretSchema = z.string().regex(/^[\w-]{43}$/, 'expected the secret of the mail');
const bySecret = {
  params: z.object({ invitationId: idSchema('invitation') }),
  body: z.strictObject({ secret: secretSchema }),
  bodyLimit: 1024,
  rateLimit: { max: 60, seconds: 60 },
  example: { body: { secret: 'k3QyZ0b1nT5m8uVx2cW7aE9rS4dF6gH0jL1pO-iY_Zq' } },
} as const;

const listedSchema = z.object({
  id: idSchema('invitation'),
  email: z.string(),
  role: z.enum(teamRoles),
  events: z
    .array(idSchema('event'))
    .nullable()
    .meta({ description: 'The events that the role counts for; null if it counts for all.' }),
  state: z.enum(invitationStates),
  invitedBy: z.string().meta({ description: 'The name of the owner who sent it last.' }),
  sentAt: instantSchema,
  expiresAt: instantSchema,
});

const ofOrganisation = z.object({ organisationId: idSchema('organisation') });
const oneOfOrganisation = ofOrganisation.extend({ invitationId: idSchema('invitation') });

export const listInvitations = operation({
  id: 'listInvitations',
  method: 'GET',
  path: '/api/organisations/{organisationId}/invitations',
  tag: 'Organise',
  summary: 'List invitations that are open, have expired, or were declined in the last week',
  access: 'team',
  needs: 'team.edit',
  params: ofOrganisation,
  status: 200,
  reply: z.object({ items: z.array(listedSchema) }),
  errors: [],
});

export const invite = operation({
  id: 'invite',
  method: 'POST',
  path: '/api/organisations/{organisationId}/invitations',
  tag: 'Organise',
  summary: 'Invite an e-mail address to the team; the invitation is valid for seven days',
  description:
    'The role counts for all events of the organisation, or for those of `events`. The address need not have an account, and the answer is the same either way. To make a member an owner, invite their address as an owner. In 24 hours an organisation may send 50 of these mails and an owner 100; an address gets at most 3 from one organisation and 10 in all. Beyond that the answer is 429.',
  access: 'team',
  needs: 'team.edit',
  params: ofOrganisation,
  body: z
    .strictObject(invitationFields.shape)
    .refine(ownsAllEvents, { path: ['events'], message: 'an owner has all events' }),
  status: 201,
  reply: listedSchema,
  rateLimit: { max: 120, seconds: 60 },
  bodyLimit: 4096,
  acts: ['invitation.sent'],
  errors: ['forbidden', 'already_member', 'already_invited', 'invitation_declined', 'unknown_event'],
  example: { body: { email: 'door@example.com', role: 'door' } },
});

export const sendInvitationAgain = operation({
  id: 'sendInvitationAgain',
  method: 'POST',
  path: '/api/organisations/{organisationId}/invitations/{invitationId}/mails',
  tag: 'Organise',
  summary:
    'Send the invitation again; it is valid for seven more days, and links of earlier mails still work',
  access: 'team',
  needs: 'team.edit',
  params: oneOfOrganisation,
  status: 200,
  reply: listedSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 4096,
  acts: ['invitation.sent_again'],
  errors: ['forbidden', 'invitation_declined', 'invitation_withdrawn', 'invitation_used', 'already_invited'],
});

export const withdrawInvitation = operation({
  id: 'withdrawInvitation',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/invitations/{invitationId}',
  tag: 'Organise',
  summary: 'Withdraw an invitation; its links stop working at once',
  access: 'team',
  needs: 'team.edit',
  params: oneOfOrganisation,
  status: 204,
  reply: null,
  acts: ['invitation.withdrawn'],
  errors: ['invitation_used'],
});

export const invitationSchema = z
  .object({
    id: idSchema('invitation'),
    organisation: z.object({ id: idSchema('organisation'), name: z.string() }),
    role: z.enum(teamRoles),
    events: z.array(z.string()).nullable().meta({
      description: 'The titles of the events that the role counts for; null if it counts for all.',
    }),
    email: z.string().meta({ description: 'Only an account with this address can accept.' }),
    invitedBy: z.string(),
    state: z.enum(invitationStates),
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;

export const readInvitation = operation({
  ...bySecret,
  id: 'readInvitation',
  method: 'POST',
  path: '/api/invitations/{invitationId}',
  tag: 'Accounts',
  summary: 'Read which team and role an invitation is for, and who sent it',
  access: 'secret',
  status: 200,
  reply: invitationSchema,
  errors: [],
});

export const acceptInvitation = operation({
  ...bySecret,
  id: 'acceptInvitation',
  method: 'POST',
  path: '/api/invitations/{invitationId}/acceptance',
  tag: 'Accounts',
  summary: 'Join the team',
  description:
    'Needs the secret of the mail, and an account whose verified address is the invited one. If the same person accepts again, the answer is the same.',
  access: 'signed-in',
  status: 200,
  reply: invitationSchema,
  acts: ['member.joined'],
  errors: [
    'not_found',
    'forbidden',
    'email_not_verified',
    'invitation_other_address',
    'invitation_expired',
    'invitation_withdrawn',
    'invitation_declined',
    'invitation_used',
  ],
});

export const declineInvitation = operation({
  ...bySecret,
  id: 'declineInvitation',
  method: 'POST',
  path: '/api/invitations/{invitationId}/refusal',
  tag: 'Accounts',
  summary: 'Decline an invitation; the organisation cannot invite this address again for a week',
  access: 'secret',
  status: 204,
  reply: null,
  acts: ['invitation.declined'],
  errors: ['invitation_expired', 'invitation_withdrawn', 'invitation_used'],
});
