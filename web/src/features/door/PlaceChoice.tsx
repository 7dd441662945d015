import { type DoorRules, handsOut } from '../../../../contract/door-rules.ts';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

/** Where the device scans and which way guests go, at an event that has more than one place or counts who is inside. */
export function PlaceChoice({
  rules,
  checkpointId,
  direction,
  onCheckpoint,
  onDirection,
}: {
  rules: DoorRules;
  checkpointId: string;
  direction: 'in' | 'out';
  onCheckpoint: (checkpointId: string) => void;
  onDirection: (direction: 'in' | 'out') => void;
}) {
  const isHandout = handsOut(rules.checkpoints.find(({ id }) => id === checkpointId)?.kind);
  const counts = rules.reEntry === 'after-exit' || rules.insideLimit !== null || rules.warnInsideAt !== null;
  return (
    <div className="flex flex-wrap items-end gap-3">
      {rules.checkpoints.length > 0 && (
        <Select
          label={t('whereYouScan')}
          className="min-w-0 grow basis-40"
          value={checkpointId}
          onChange={(change) => onCheckpoint(change.target.value)}
        >
          <option value="">{t('mainEntrance')}</option>
          {rules.checkpoints.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {counts && !isHandout && (
        <div className="flex grow basis-40 rounded-full border border-line p-1">
          {(['in', 'out'] as const).map((way) => (
            <button
              key={way}
              type="button"
              aria-pressed={direction === way}
              onClick={() => onDirection(way)}
              className="flex min-h-11 grow items-center justify-center gap-2 rounded-full px-4 font-semibold aria-pressed:bg-accent aria-pressed:text-on-accent"
            >
              <Icon name={way === 'in' ? 'check' : 'out'} size={18} />
              {t(way === 'in' ? 'wayIn' : 'wayOut')}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
