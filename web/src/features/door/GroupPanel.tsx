import { useState } from 'react';
import type { CheckIn } from '../../../../contract/check-ins.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { t } from './words.ts';

/** More than the server takes at once. */
const mostAtOnce = 100;

/** The other tickets of the order of the guest on the screen: people who came together need one code. */
export function GroupPanel({
  others: { ready, of },
  movement,
  onAdmit,
}: {
  others: { ready: TicketId[]; of: number };
  movement: CheckIn['kind'];
  onAdmit: (ticketIds: TicketId[]) => void;
}) {
  const [wanted, setWanted] = useState<number | null>(null);
  if (ready.length === 0) return null;
  const most = Math.min(ready.length, mostAtOnce);
  const count = Math.min(wanted ?? most, most);
  return (
    <section aria-label={t('group')} className="rounded-card border border-line bg-raised p-4">
      <p className="font-semibold">{t('groupOthers', { ready: ready.length, of })}</p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <Stepper
          label={t('groupCount')}
          value={count}
          min={1}
          max={most}
          fewer={t('fewer')}
          more={t('more')}
          onChange={setWanted}
        />
        <Button size="large" className="grow" onClick={() => onAdmit(ready.slice(0, count))}>
          {t(acts[movement], { count })}
        </Button>
      </div>
    </section>
  );
}

const acts = { entry: 'groupAdmit', exit: 'groupLetOut', handout: 'groupHandOut' } as const;
