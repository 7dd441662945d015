import type * as invitations from '../../../../contract/invitations.ts';
import { endpoint } from '../../api/request.ts';

/** The operations that only the team's page and the page of an invitation use. */
export const listInvitations = endpoint<typeof invitations.listInvitations>(
  'GET',
  '/api/organisations/{organisationId}/invitations',
);
export const invite = endpoint<typeof invitations.invite>(
  'POST',
  '/api/organisations/{organisationId}/invitations',
);
export const sendInvitationAgain = endpoint<typeof invitations.sendInvitationAgain>(
  'POST',
  '/api/organisations/{organisationId}/invitations/{invitationId}/mails',
);
export const withdrawInvitation = endpoint<typeof invitations.withdrawInvitation>(
  'DELETE',
  '/api/organisations/{organisationId}/invitations/{invitationId}',
);
export const readInvitation = endpoint<typeof invitations.readInvitation>(
  'POST',
  '/api/invitations/{invitationId}',
);
export const acceptInvitation = endpoint<typeof invitations.acceptInvitation>(
  'POST',
  '/api/invitations/{invitationId}/acceptance',
);
export const declineInvitation = endpoint<typeof invitations.declineInvitation>(
  'POST',
  '/api/invitations/{invitationId}/refusal',
);
