import type { Letter } from './letter.ts';
import type { AccountMailJob } from './mail-job.ts';

/** Verification and reset: what accounts asks to be sent. The address in `url` carries the secret. */
export function accountLetter({ kind, name, url }: AccountMailJob): Letter {
  const greeting = name ? `Hello ${name},` : 'Hello,';
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
