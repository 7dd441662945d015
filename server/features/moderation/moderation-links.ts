import type { DecisionId, ReportId } from '../../../contract/ids.ts';
import { createLinkSecrets } from '../accounts/link-secrets.ts';

/** The secrets in the links of mails about decisions of the platform: one for the team, and one for each report. */
export interface ModerationLinks {
  /** The path of the page of the decision, with the secret in its fragment. */
  pathOf(decisionId: DecisionId, reportId: ReportId | null): string;
  isSecretOf(decisionId: DecisionId, reportId: ReportId | null, given: string): boolean;
}

export function createModerationLinks(sessionSecret: string): ModerationLinks {
  const { secretOf, isSecretOf } = createLinkSecrets(sessionSecret, 'admit decision link 1');
  const subjectOf = (decisionId: DecisionId, reportId: ReportId | null) => `${decisionId}\0${reportId ?? ''}`;
  return {
    pathOf: (decisionId, reportId) =>
      `/reports/${decisionId}#${secretOf(subjectOf(decisionId, reportId))}${reportId ? `.${reportId}` : ''}`,
    isSecretOf: (decisionId, reportId, given) => isSecretOf(subjectOf(decisionId, reportId), given),
  };
}
