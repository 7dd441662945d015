import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Desk } from './desk.ts';
import { fitPlan } from './plan-acts.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sayPlanProblem } from './say-problem.ts';
import { showProblem } from './show-problem.ts';
import type { DeskProblem } from './use-problems.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  problems: readonly DeskProblem[];
  onZones: () => void;
}

/** What is wrong with the plan. A press on an entry selects the place and moves the view to it. */
export function ProblemPanel({ desk, camera, problems, onZones }: Props) {
  if (problems.length === 0) return <p className="text-muted">{t('noProblems')}</p>;
  const show = (problem: DeskProblem) => {
    if (!problem.object && !problem.section && problem.zone) onZones();
    showProblem(desk, camera, problem);
  };
  const isOutside = problems.some(({ code }) => code === 'outside');
  return (
    <ul className="grid gap-1">
      {isOutside && (
        <li>
          <Button look="quiet" size="small" onClick={() => fitPlan(desk)}>
            {t('fit')}
          </Button>
        </li>
      )}
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is computed anew as a whole
        <li key={index}>
          <button
            type="button"
            className="flex min-h-11 w-full items-start gap-2 rounded-field px-2 py-2 text-start hover:bg-sunken"
            onClick={() => show(problem)}
          >
            <Icon
              name={problem.severity === 'error' ? 'warning' : 'info'}
              size={18}
              className={`mt-0.5 ${problem.severity === 'error' ? 'text-bad' : 'text-warn'}`}
            />
            <span className="min-w-0 wrap-anywhere">
              <span className="sr-only">
                {t(problem.severity === 'error' ? 'severityError' : 'severityWarning')}:{' '}
              </span>
              {sayPlanProblem(problem, desk.document)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
