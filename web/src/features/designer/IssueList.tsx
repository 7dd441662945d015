import type { PlanChanges } from '../../../../contract/seat-plans.ts';
import { language } from '../../ui/language.ts';
import type { Desk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sayPlanProblem } from './say-problem.ts';
import { problemOf, showProblem } from './show-problem.ts';
import { t } from './words.ts';

interface Props {
  issues: PlanChanges['issues'];
  desk: Desk;
  camera: PlanCamera;
  onClose: () => void;
}

/** What keeps a drawing from being sold, in the person's language. A press closes the dialog and shows the place. */
export function IssueList({ issues, desk, camera, onClose }: Props) {
  return (
    <ul className="grid gap-1">
      {issues.map((issue) => {
        const problem = problemOf(issue);
        const key = `${issue.path} ${issue.message}`;
        if (!problem)
          return (
            <li key={key} className="wrap-anywhere">
              {language() === 'en' ? `${issue.path}: ${issue.message}` : t('issueOther')}
            </li>
          );
        return (
          <li key={key}>
            <button
              type="button"
              className="min-h-11 text-start underline underline-offset-4 wrap-anywhere"
              onClick={() => {
                onClose();
                showProblem(desk, camera, problem);
              }}
            >
              {sayPlanProblem(problem, desk.document)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
