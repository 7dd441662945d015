import type { FieldError } from 'react-hook-form';
import type { core } from 'zod/mini';
import { locale } from '../../ui/language.ts';
import { t } from './words.ts';

/**
 * Converts an issue to one of the general messages about a field. The message's text is looked up when it is shown,
 * because the reader may change the language in between.
 */
export function faultOf(issue: core.$ZodIssue, given: unknown): FieldError {
  if (typeof given === 'string' && given.trim() === '') return { type: 'missing' };
  switch (issue.code) {
    case 'too_small':
      return { type: issue.origin === 'string' ? 'tooShort' : 'tooLittle', types: limit(issue.minimum) };
    case 'too_big':
      return { type: issue.origin === 'string' ? 'tooLong' : 'tooMuch', types: limit(issue.maximum) };
    case 'invalid_type':
      return { type: issue.expected === 'number' || issue.expected === 'int' ? 'noNumber' : 'wrong' };
    case 'invalid_format':
      if (issue.format === 'email_local_part') return { type: 'localPart' };
      return { type: issue.format === 'email' ? 'noAddress' : 'wrong' };
    default:
      return { type: 'wrong' };
  }
}

const limit = (value: number | bigint) => ({ limit: String(value) });

/** Without a better text, the server's own words are shown. */
export function sayFault({ type, types, message }: FieldError): string {
  if (type === 'server') return message ?? t('wrong');
  const limit = Number(types?.limit);
  const fault: string | undefined = type;
  switch (fault) {
    case 'tooShort':
    case 'tooLong':
      return t(fault, { limit });
    case 'tooLittle':
    case 'tooMuch':
      return t(fault, { limit: limit.toLocaleString(locale()) });
    case 'missing':
    case 'noNumber':
    case 'noAddress':
    case 'localPart':
      return t(fault);
    default:
      return t('wrong');
  }
}
