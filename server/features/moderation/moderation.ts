import type {
  AppealId,
  DecisionId,
  EventId,
  OrganisationId,
  ReportCaseId,
  ReportId,
  UserId,
} from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import { appealDays, type DecisionKind, type ModerationDecision } from '../../../contract/moderation.ts';
import type { ReportCategory } from '../../../contract/report-fields.ts';

export interface DecisionRow {
  id: DecisionId;
  kind: DecisionKind;
  eventId: EventId | null;
  organisationId: OrganisationId;
  title: string;
  ground: 'law' | 'terms';
  statement: string;
  refund: 'full' | 'none' | null;
  decidedBy: UserId;
  decidedAt: Date;
}

export interface ReportRow {
  id: ReportId;
  caseId: ReportCaseId;
  category: ReportCategory;
  text: string;
  place: string;
  name: string | null;
  email: string | null;
  userId: UserId | null;
  language: Language;
  reportedAt: Date;
}

export interface CaseRow {
  id: ReportCaseId;
  eventId: EventId;
  organisationId: OrganisationId;
  title: string;
  openedAt: Date;
  count: number;
  decisionId: DecisionId | null;
}

export interface AppealRow {
  id: AppealId;
  decisionId: DecisionId;
  /** Empty for an appeal of the team. */
  reportId: ReportId | '';
  text: string;
  language: Language;
  madeAt: Date;
  outcome: 'upheld' | 'reversed' | null;
  answer: string | null;
}

const dayMs = 86_400_000;
export const appealUntil = ({ decidedAt }: Pick<DecisionRow, 'decidedAt'>): Date =>
  new Date(decidedAt.getTime() + appealDays * dayMs);

export const showDecision = (row: DecisionRow): ModerationDecision => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  ground: row.ground,
  statement: row.statement,
  refund: row.refund,
  decidedAt: row.decidedAt.toISOString(),
});
