import type { RefObject } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { Desk } from './desk.ts';
import { Inspector } from './Inspector.tsx';
import { PlanFields } from './PlanFields.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';
import type { PlanCamera } from './plan-camera.ts';
import type { DeskProblem } from './use-problems.ts';
import { t } from './words.ts';
import { ZonePanel } from './ZonePanel.tsx';

const tabs = ['selection', 'zones', 'problems', 'plan'] as const;
export type Tab = (typeof tabs)[number];

interface Props {
  ref: RefObject<HTMLDivElement | null>;
  desk: Desk;
  camera: PlanCamera;
  event: ManagedEvent | null;
  organisationId: OrganisationId;
  tab: Tab;
  problems: readonly DeskProblem[];
  pools: readonly { key: string; name: string }[];
  taken: ReadonlySet<string>;
  onTab: (tab: Tab) => void;
  onNewPool: ((section: string) => void) | null;
}

/** Beside the drawing: what is selected, the zones, what is wrong, and what belongs to the whole plan. */
export function Panel({
  ref,
  desk,
  camera,
  event,
  organisationId,
  tab,
  problems,
  pools,
  taken,
  onTab,
  onNewPool,
}: Props) {
  return (
    <aside aria-label={t('panel')} className="flex min-h-0 flex-col border-line lg:order-3 lg:border-s">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('panel')} className="flex flex-wrap gap-1 border-b border-line p-2">
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={tab === each}
            className={`min-h-10 grow rounded-full px-2 text-sm font-semibold ${tab === each ? 'bg-accent text-on-accent' : 'hover:bg-sunken'}`}
            onClick={() => onTab(each)}
          >
            {each === 'problems' && problems.length > 0
              ? `${t('tab.problems')} (${problems.length})`
              : t(`tab.${each}`)}
          </button>
        ))}
      </div>
      <div ref={ref} className="min-h-0 grow p-4 lg:overflow-y-auto">
        {tab === 'selection' && <Inspector desk={desk} pools={pools} taken={taken} onNewPool={onNewPool} />}
        {tab === 'zones' && <ZonePanel desk={desk} event={event} />}
        {tab === 'problems' && (
          <ProblemPanel desk={desk} camera={camera} problems={problems} onZones={() => onTab('zones')} />
        )}
        {tab === 'plan' && <PlanFields desk={desk} organisationId={organisationId} />}
      </div>
    </aside>
  );
}
