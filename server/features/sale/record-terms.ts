import { defaultRecordYears, recordsOverBefore, recordYears } from '../../../contract/record-years.ts';
import type { App } from '../../app.ts';
import type { RecordTerms } from './retention-store.ts';

/** The instants before which records of sales may go. The configuration makes every term longer and none shorter. */
export function recordTermsAt(
  app: { config: Pick<App['config'], 'leastRecordYears'> },
  now: Date,
): RecordTerms {
  const before = (years: number) => recordsOverBefore(now, Math.max(years, app.config.leastRecordYears));
  return {
    countries: Object.keys(recordYears),
    before: Object.values(recordYears).map(before),
    otherwise: before(defaultRecordYears),
  };
}
