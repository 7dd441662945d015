import { type ErrorCode, Refused } from '../../../contract/errors.ts';
import type { EventId, InvitationId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { InvitationState } from '../../../contract/invitations.ts';
import type { TeamRole } from '../../../contract/team-roles.ts';

const dayMs = 86_400_000;
/** An invitation is valid for a week after its last mail. */
export const invitationMs = 7 * dayMs;
/** After somebody declines, the organisation can't invite them again for this long. */
export const declinedMs = 7 * dayMs;
/** An ended invitation is kept for this long, so that its link can tell what happened to it. */
export const keptMs = 30 * dayMs;

export interface InvitationRow {
  id: InvitationId;
  organisation_id: OrganisationId;
  organisation_name: string;
  email: string;
  role: TeamRole;
  events: EventId[] | null;
  event_titles: string[] | null;
  invited_by: UserId;
  inviter_name: string;
  /** False if the inviter is no longer an owner, or is suspended. */
  inviter_stands: boolean;
  sent_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  ended_as: Exclude<InvitationState, 'pending'> | null;
  accepted_by: UserId | null;
}

/**
 * The state of an invitation at an instant. It is valid only while its sender is an owner, so that a removed owner
 * leaves no invitations behind that let others in.
 */
export function stateOf(row: InvitationRow, now: Date): InvitationState {
  if (row.ended_as) return row.ended_as;
  if (!row.inviter_stands) return 'withdrawn';
  return row.expires_at <= now ? 'expired' : 'pending';
}

const refusals = {
  expired: 'invitation_expired',
  withdrawn: 'invitation_withdrawn',
  declined: 'invitation_declined',
  accepted: 'invitation_used',
} as const satisfies Record<Exclude<InvitationState, 'pending'>, ErrorCode>;

export function requirePending(row: InvitationRow, now: Date): void {
  const state = stateOf(row, now);
  if (state !== 'pending') throw new Refused(refusals[state]);
}

/** As the owners of the organisation see it. */
export const showListed = (row: InvitationRow, now: Date) => ({
  id: row.id,
  email: row.email,
  role: row.role,
  events: row.events,
  state: stateOf(row, now),
  invitedBy: row.inviter_name,
  sentAt: row.sent_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

/** As a person with its secret sees it. */
export const showInvitation = (row: InvitationRow, now: Date) => ({
  id: row.id,
  organisation: { id: row.organisation_id, name: row.organisation_name },
  role: row.role,
  events: row.events && (row.event_titles ?? []),
  email: row.email,
  invitedBy: row.inviter_name,
  state: stateOf(row, now),
  expiresAt: row.expires_at.toISOString(),
});

/** How many invitation mails may be sent in 24 hours. */
const mailLimits = { toAddressFromOne: 3, toAddress: 10, ofOrganisation: 50, byOwner: 100 } as const;
export const mailWindowMs = dayMs;

/** How many mails were sent in the last 24 hours, and when the first was. */
export type MailCounts = Record<keyof typeof mailLimits, { count: number; first: Date | null }>;

const tooMany: Record<keyof typeof mailLimits, (most: number) => string> = {
  toAddressFromOne: (most) =>
    `This address got ${most} invitations of this organisation in the last 24 hours.`,
  toAddress: (most) => `This address got ${most} invitations in the last 24 hours.`,
  ofOrganisation: (most) => `This organisation sent ${most} invitations in the last 24 hours.`,
  byOwner: (most) => `You sent ${most} invitations in the last 24 hours.`,
};

/** Refuses a mail beyond the limits and says when the next may be sent. `factor` multiplies the limits. */
export function requireBudget(counts: MailCounts, factor: number, now: Date): void {
  for (const kind of Object.keys(mailLimits) as (keyof typeof mailLimits)[]) {
    const most = Math.max(1, Math.round(mailLimits[kind] * factor));
    const { count, first } = counts[kind];
    if (count < most) continue;
    const waitMs = mailWindowMs - (now.getTime() - (first ?? now).getTime());
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    const hours = Math.max(1, Math.ceil(retryAfterSeconds / 3600));
    throw new Refused('rate_limited', {
      detail: `${tooMany[kind](most)} Try again in ${hours} ${hours === 1 ? 'hour' : 'hours'}.`,
      retryAfterSeconds,
    });
  }
}
