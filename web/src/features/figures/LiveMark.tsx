import { t } from './words.ts';

/** Whether the figures move by themselves. */
export function LiveMark({ isLive, counting }: { isLive: boolean; counting: boolean }) {
  return (
    <p className="mt-2 flex items-center gap-2 text-sm text-muted" role="status">
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${isLive && !counting ? 'bg-good' : 'bg-warn'}`}
      />
      {t(counting ? 'counting' : isLive ? 'live' : 'notLive')}
    </p>
  );
}
