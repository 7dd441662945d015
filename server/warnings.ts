import type { Config } from './config.ts';

/**
 * A setting that is right for trying Admit and wrong for selling tickets. Codes are stable, because alerts match on
 * them.
 */
interface Warning {
  code: 'payments_are_sandbox' | 'mail_is_not_sent';
  message: string;
}

/** Lists what an operator of a production process has most likely forgotten. Empty in development and tests. */
export function warningsOf({ env, payments, mail }: Pick<Config, 'env' | 'payments' | 'mail'>): Warning[] {
  if (env !== 'production') return [];
  const warnings: Warning[] = [];
  if (payments.provider === 'sandbox') {
    warnings.push({
      code: 'payments_are_sandbox',
      message:
        'PAYMENTS=sandbox takes no money: anyone gets tickets with a test card. Set PAYMENTS=stripe to sell.',
    });
  }
  if (!mail.smtpUrl) {
    warnings.push({
      code: 'mail_is_not_sent',
      message:
        'No mail leaves this server: it is kept in the database. Set SMTP_URL so that buyers get their tickets.',
    });
  }
  return warnings;
}
