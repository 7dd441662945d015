import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/accounts.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http.ts';
import { createOrganisation } from './create-organisation.ts';
import { listMembers } from './list-members.ts';
import { putMember } from './put-member.ts';
import { removeMember } from './remove-member.ts';

export function organisationsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.createOrganisation, createOrganisation);
  bind(http, app, contract.listMembers, listMembers);
  bind(http, app, contract.putMember, putMember);
  bind(http, app, contract.removeMember, removeMember);
}
