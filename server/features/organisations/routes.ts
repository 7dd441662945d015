import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/accounts.ts';
import * as documents from '../../../contract/documents.ts';
import * as invitations from '../../../contract/invitations.ts';
import * as records from '../../../contract/record-keeping.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeMemberRole } from './change-member-role.ts';
import { createOrganisation } from './create-organisation.ts';
import { declineInvitation } from './decline-invitation.ts';
import { invite } from './invite.ts';
import { listInvitations } from './list-invitations.ts';
import { listMembers } from './list-members.ts';
import { readInvitation } from './read-invitation.ts';
import { getRecordKeeping, putRecordKeeping } from './record-keeping.ts';
import { removeMember } from './remove-member.ts';
import { getSellerDetails, putSellerDetails } from './seller-details.ts';
import { sendInvitationAgain } from './send-invitation-again.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export function organisationsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.createOrganisation, createOrganisation);
  bind(http, app, contract.listMembers, listMembers);
  bind(http, app, contract.changeMemberRole, changeMemberRole);
  bind(http, app, contract.removeMember, removeMember);
  bind(http, app, records.getRecordKeeping, withVersion(getRecordKeeping));
  bind(http, app, records.putRecordKeeping, withVersion(putRecordKeeping));
  bind(http, app, documents.getSellerDetails, withVersion(getSellerDetails));
  bind(http, app, documents.putSellerDetails, withVersion(putSellerDetails));
  bind(http, app, invitations.listInvitations, listInvitations);
  bind(http, app, invitations.invite, invite);
  bind(http, app, invitations.sendInvitationAgain, sendInvitationAgain);
  bind(http, app, invitations.withdrawInvitation, withdrawInvitation);
  bind(http, app, invitations.readInvitation, readInvitation);
  bind(http, app, invitations.acceptInvitation, acceptInvitation);
  bind(http, app, invitations.declineInvitation, declineInvitation);
}
