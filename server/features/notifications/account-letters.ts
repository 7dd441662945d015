import type { Letter } from './letter.ts';
import type { AccountMailJob } from './mail-job.ts';

/** Verification, reset and sign-ins: what accounts asks to be sent. The address in `url` may carry a secret. */
export function accountLetter(job: AccountMailJob): Letter {
  const { kind, name, url } = job;
  const greeting = name ? `Hello ${name},` : 'Hello,';
  if (kind === 'new-sign-in') {
    return {
      subject: 'New sign-in to your account',
      preview: `With ${job.browser}. If it was you, all is well.`,
      heading: 'Somebody has signed in to your account',
      blocks: [
        {
          kind: 'text',
          text: `${greeting} somebody has just signed in with a browser that you have not used before: ${job.browser}. If it was you, all is well. If not, change your password: that signs them out.`,
        },
        { kind: 'button', label: 'Open your account', url },
      ],
      footer:
        'You get this mail because you want to hear of new sign-ins. You can switch it off in your account.',
    };
  }
  if (kind === 'verify-email') {
    return {
      subject: 'Confirm your e-mail address',
      preview: 'One tap, and your account is ready.',
      heading: 'Confirm your e-mail address',
      blocks: [
        {
          kind: 'text',
          text: `${greeting} please confirm that this address is yours. Your tickets will be sent here.`,
        },
        { kind: 'button', label: 'Confirm address', url },
        { kind: 'text', text: 'If you did not open an account, you can ignore this mail.' },
      ],
      footer: 'You get this mail because somebody opened an account with this address.',
    };
  }
  return {
    subject: 'Choose a new password',
    preview: 'The link works once.',
    heading: 'Choose a new password',
    blocks: [
      {
        kind: 'text',
        text: `${greeting} somebody, most likely you, asked for a new password. The link works once and for a short time.`,
      },
      { kind: 'button', label: 'Choose a new password', url },
      { kind: 'text', text: 'If it was not you, do nothing: your password stays as it is.' },
    ],
    footer: 'You get this mail because a new password was asked for with this address.',
  };
}
