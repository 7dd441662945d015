import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import type { PlanObject } from '../../../../contract/plan-fields.ts';
import { type Desk, useDesk } from './desk.ts';
import { nudge } from './plan-acts.ts';
import type { PlanCamera } from './plan-camera.ts';
import { detailOf, nameOf, sayChoice } from './say-object.ts';
import { boxOf, sceneOf } from './scene.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  /** Moves the focus to the fields of what is selected. */
  onEdit: () => void;
}

/**
 * All objects by section, for the keyboard and for screen readers: arrows choose, with Shift more than one, with Control they move
 * what is chosen; every other key does what it does on the drawing.
 */
export function ObjectList({ desk, camera, onEdit }: Props) {
  const plan = useDesk(desk, (state) => state.history.present);
  const chosen = useDesk(desk, (state) => state.chosen);
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const groups = useMemo(() => groupsOf(plan), [plan]);
  const flat = useMemo(() => groups.flatMap(({ objects }) => objects), [groups]);
  const current = flat.some(({ id }) => id === active) ? active : ([...chosen][0] ?? flat[0]?.id ?? null);

  // What somebody chose on the drawing comes into sight here.
  const first = chosen.size === 1 ? [...chosen][0] : undefined;
  useEffect(() => {
    if (first) list.current?.querySelector(`#object-${first}`)?.scrollIntoView({ block: 'nearest' });
  }, [first]);

  const go = (id: string, adds: boolean) => {
    setActive(id);
    desk.choose(adds ? [...desk.state.chosen, id] : [id]);
    desk.say(sayChoice(desk));
    const box = boxOf(sceneOf(desk.document), [id]);
    if (box) camera.reveal(box);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = flat.findIndex(({ id }) => id === current);
    const across = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const down = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (event.ctrlKey || event.metaKey) {
      if (across === 0 && down === 0) return;
      const size = event.shiftKey ? 10 : 1;
      nudge(desk, across * size, down * size);
    } else if (down !== 0) {
      const next = flat[at + down];
      if (next) go(next.id, event.shiftKey);
    } else if (event.key === 'Home' || event.key === 'End') {
      const next = event.key === 'Home' ? flat[0] : flat.at(-1);
      if (next) go(next.id, false);
    } else if (event.key === ' ' && current)
      desk.choose(chosen.has(current) ? [...chosen].filter((id) => id !== current) : [...chosen, current]);
    else if (event.key === 'Enter') {
      if (current && !chosen.has(current)) go(current, false);
      onEdit();
    } else if (across === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (flat.length === 0) return <p className="text-muted">{t('objectsEmpty')}</p>;
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={t('objects')}
      aria-multiselectable="true"
      aria-activedescendant={current ? `object-${current}` : undefined}
      className="grid gap-3"
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (chosen.size === 0 && current) go(current, false);
      }}
    >
      {groups.map(({ key, name, objects }) => (
        // biome-ignore lint/a11y/useSemanticElements: options may stand in groups, not in fieldsets
        <div
          key={key}
          role="group"
          aria-label={name}
          className="[contain-intrinsic-size:auto_6rem] [content-visibility:auto]"
        >
          <p aria-hidden="true" className="px-2 py-1 text-sm font-semibold text-muted wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          {objects.map((object) => (
            <Entry
              key={object.id}
              object={object}
              name={nameOf(object, plan)}
              isChosen={chosen.has(object.id)}
              isCurrent={object.id === current}
              onChoose={go}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface EntryProps {
  object: PlanObject;
  name: string;
  isChosen: boolean;
  isCurrent: boolean;
  onChoose: (id: string, adds: boolean) => void;
}

const Entry = memo(
  ({ object, name, isChosen, isCurrent, onChoose }: EntryProps) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active option
    <div
      role="option"
      id={`object-${object.id}`}
      aria-selected={isChosen}
      className={`flex min-h-11 cursor-pointer items-center justify-between gap-2 rounded-field px-2 py-1 ${
        isChosen ? 'bg-accent-soft font-semibold' : 'hover:bg-sunken'
      } ${isCurrent ? 'in-focus-visible:outline-2 in-focus-visible:outline-accent' : ''}`}
      onClick={(event) => onChoose(object.id, event.shiftKey || event.ctrlKey || event.metaKey)}
    >
      <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
      <span className="numeric shrink-0 text-sm text-muted">{detailOf(object)}</span>
    </div>
  ),
  (before, after) =>
    before.object === after.object &&
    before.name === after.name &&
    before.isChosen === after.isChosen &&
    before.isCurrent === after.isCurrent,
);

function groupsOf(plan: Desk['document']): { key: string; name: string; objects: PlanObject[] }[] {
  const bySection = new Map<string, PlanObject[]>();
  for (const object of plan.objects) {
    const key = 'section' in object ? object.section : '';
    const before = bySection.get(key);
    if (before) before.push(object);
    else bySection.set(key, [object]);
  }
  const named = plan.sections.map(({ key, name }) => ({ key, name }));
  const others = [...bySection.keys()]
    .filter((key) => !named.some((section) => section.key === key))
    .map((key) => ({ key, name: t('noSection') }));
  return [...named, ...others].flatMap(({ key, name }) => {
    const objects = bySection.get(key);
    return objects ? [{ key, name, objects }] : [];
  });
}
