import { getRouteApi } from '@tanstack/react-router';
import { type DecisionId, idPrefixes } from '../../../../contract/ids.ts';
import { DecisionPage } from './DecisionPage.tsx';
import { ReportPage } from './ReportPage.tsx';

const route = getRouteApi('/reports/$ref');

/** Reports an event, by its slug, or shows a decision, by its id. No slug has an underscore. */
export function ReportsPage() {
  const { ref } = route.useParams();
  return ref.startsWith(`${idPrefixes.moderationDecision}_`) ? (
    <DecisionPage decisionId={ref as DecisionId} />
  ) : (
    <ReportPage slug={ref} />
  );
}
