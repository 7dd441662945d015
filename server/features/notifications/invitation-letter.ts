import { greeting, type Letter } from './letter.ts';
import type { TeamInvitationJob } from './mail-job.ts';
import { letterWords } from './words.ts';

const roleWords = { owner: 'roleOwner', manager: 'roleManager', door: 'roleDoor' } as const;

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
      { kind: 'facts', facts: [{ label: t('inviteRole'), value: t(roleWords[job.role]) }] },
      { kind: 'button', label: t('inviteButton'), url },
      { kind: 'text', text: t('inviteUntil', { days, address: job.to }) },
      { kind: 'text', text: t('inviteIgnore') },
    ],
    footer: t('inviteWhy', { inviter }),
  };
}
