import type { ReactNode } from 'react';
import { type Desk, tools, useDesk } from './desk.ts';
import {
  alignChosen,
  copyChosen,
  distributeChosen,
  edges,
  mirrorChosen,
  redoStep,
  removeChosen,
  turn,
  undoStep,
} from './plan-acts.ts';
import { ToolButton } from './ToolButton.tsx';
import type { ToolIconName } from './ToolIcon.tsx';
import { toolKeys } from './use-shortcuts.ts';
import { t } from './words.ts';

const edgeIcons = {
  left: 'alignLeft',
  centre: 'alignCentre',
  right: 'alignRight',
  top: 'alignTop',
  middle: 'alignMiddle',
  bottom: 'alignBottom',
} as const satisfies Record<string, ToolIconName>;

/** Tools and commands in one row, which scrolls by itself where the screen is narrow. */
export function Toolbar({ desk }: { desk: Desk }) {
  const { tool, snaps, chosen, seats, history } = useDesk(desk, (state) => state);
  const none = chosen.size === 0 && t('selectFirst');
  const nothing = chosen.size === 0 && seats.size === 0 && t('selectFirst');
  const few = (least: number) => chosen.size < least && t('selectMore', { count: least });
  return (
    <div className="scroll-plain flex shrink-0 items-center gap-3 overflow-x-auto border-b border-line bg-raised px-2 py-1">
      <Group label={t('tools')}>
        {tools.map((each) => (
          <ToolButton
            key={each}
            icon={each}
            label={t(`tool.${each}`)}
            keys={toolKeys[each]}
            pressed={tool === each}
            onPress={() => desk.setTool(each)}
          />
        ))}
      </Group>
      <Group label={t('commands')}>
        <ToolButton
          icon="undo"
          label={t('undo')}
          keys="Control+Z"
          disabledBecause={history.past.length === 0 && t('nothingToUndo')}
          onPress={() => undoStep(desk)}
        />
        <ToolButton
          icon="redo"
          label={t('redo')}
          keys="Control+Shift+Z"
          disabledBecause={history.future.length === 0 && t('nothingToRedo')}
          onPress={() => redoStep(desk)}
        />
        <ToolButton
          icon="copy"
          label={t('copy')}
          keys="Control+D"
          disabledBecause={none}
          onPress={() => copyChosen(desk)}
        />
        <ToolButton
          icon="remove"
          label={t('remove')}
          keys="Delete"
          disabledBecause={nothing}
          onPress={() => removeChosen(desk)}
        />
        <ToolButton
          icon="turn"
          label={t('turn')}
          keys="]"
          disabledBecause={none}
          onPress={() => turn(desk, 15)}
        />
        <ToolButton
          icon="mirror"
          label={t('mirror')}
          keys="M"
          disabledBecause={none}
          onPress={() => mirrorChosen(desk, 'x')}
        />
        <ToolButton
          icon="flip"
          label={t('flip')}
          keys="Shift+M"
          disabledBecause={none}
          onPress={() => mirrorChosen(desk, 'y')}
        />
        {edges.map((edge) => (
          <ToolButton
            key={edge}
            icon={edgeIcons[edge]}
            label={t(`align.${edge}`)}
            disabledBecause={few(2)}
            onPress={() => alignChosen(desk, edge)}
          />
        ))}
        <ToolButton
          icon="spreadAcross"
          label={t('distribute.x')}
          disabledBecause={few(3)}
          onPress={() => distributeChosen(desk, 'x')}
        />
        <ToolButton
          icon="spreadDown"
          label={t('distribute.y')}
          disabledBecause={few(3)}
          onPress={() => distributeChosen(desk, 'y')}
        />
      </Group>
      <Group label={t('view')}>
        <ToolButton icon="snap" label={t('snap')} pressed={snaps} onPress={() => desk.setSnaps(!snaps)} />
      </Group>
    </div>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={label} className="flex shrink-0 items-center gap-0.5">
      {children}
    </div>
  );
}
