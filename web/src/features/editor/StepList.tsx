import { Link } from '@tanstack/react-router';
import { type EventStep, eventSteps, type Gap } from '../../../../contract/event-preparation.ts';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { type StepState, stateOf } from './steps.ts';
import { t } from './words.ts';

interface Props {
  eventId: string;
  step: EventStep;
  gaps: readonly Gap[];
  isDraft: boolean;
}

/** The steps of an event, and which of them lacks something. */
export function StepList({ eventId, step, gaps, isDraft }: Props) {
  return (
    <nav aria-label={t('steps')}>
      <ol className="flex flex-wrap gap-2 lg:grid lg:gap-1">
        {eventSteps.map((each) => {
          const state = isDraft ? stateOf(each, gaps) : 'optional';
          const lacks = gaps.filter((gap) => gap.step === each).map(({ code }) => t(`gap_${code}`));
          return (
            <li key={each} className="min-w-0">
              <Link
                to={paths.editEvent}
                params={{ eventId, step: each }}
                aria-current={each === step ? 'step' : undefined}
                resetScroll={false}
                className="flex min-h-11 items-center gap-2 rounded-field border border-line px-3 py-1.5 font-medium hover:border-line-strong aria-[current]:border-accent aria-[current]:bg-accent-soft lg:border-transparent"
              >
                <Mark state={state} />
                <span className="min-w-0">
                  {t(`step_${each}`)}
                  {state === 'missing' && isDraft && (
                    <span className="text-sm font-normal text-muted max-lg:sr-only lg:block">
                      <span className="sr-only">: </span>
                      {t('lacks', { what: lacks.join(', ') })}
                    </span>
                  )}
                  {state === 'done' && <span className="sr-only">: {t('stepDone')}</span>}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Mark({ state }: { state: StepState }) {
  if (state === 'done') return <Icon name="check" size={18} className="shrink-0 text-good" />;
  return (
    <span aria-hidden="true" className="grid size-[18px] shrink-0 place-items-center">
      <span className={`size-2.5 rounded-full ${state === 'missing' ? 'bg-warn' : 'bg-line-strong'}`} />
    </span>
  );
}
