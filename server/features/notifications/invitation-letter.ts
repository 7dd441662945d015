import type { TeamRole } from '../../../contract/team-roles.ts';
import { greeting, type Letter } from './letter.ts';
import type { TeamInvitationJob } from './mail-job.ts';
import { letterWords } from './words.ts';

const roleWords = {
  owner: 'roleOwner',
  manager: 'roleManager',
  finance: 'roleFinance',
  support: 'roleSupport',
  door: 'roleDoor',
  'read-only': 'roleReadOnly',
} as const satisfies Record<TeamRole, string>;
/** An invitation may name 200 events. The page behind the link has them all. */
const mostTitles = 5;

/** Invites a person to a team. It says who invites, to which role, and how to decline. */
export function invitationLetter(job: TeamInvitationJob): Letter {
  const { organisation, inviter, days, url, language = 'en' } = job;
  const t = letterWords(language);
  return {
    language,
    subject: t('inviteSubject', { organisation }),
    preview: t('invitePreview', { inviter }),
    heading: t('inviteHeading', { organisation }),
    blocks: [
      greeting(language, ''),
      { kind: 'text', text: t('inviteText', { inviter, organisation }) },
      {
        kind: 'facts',
        facts: [{ label: t('inviteRole'), value: t(roleWords[job.role]) }, ...eventsOf(job)],
      },
      { kind: 'button', label: t('inviteButton'), url },
      { kind: 'text', text: t('inviteUntil', { days, address: job.to }) },
      { kind: 'text', text: t('inviteIgnore') },
    ],
    footer: t('inviteWhy', { inviter }),
  };
}

function eventsOf({ events, language = 'en' }: TeamInvitationJob) {
  if (events === null) return [];
  const shown = events.slice(0, mostTitles).join(', ');
  return [
    {
      label: letterWords(language)('inviteEvents'),
      value: events.length > mostTitles ? `${shown} …` : shown,
    },
  ];
}
