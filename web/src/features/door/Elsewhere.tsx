import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { t } from './words.ts';

/** Another tab of this device is this gate. Two tabs would let the same ticket in twice. */
export function Elsewhere({ onTakeOver }: { onTakeOver: () => void }) {
  return (
    <div className="page max-w-xl py-8">
      <EmptyState
        heading="h1"
        icon="lock"
        title={t('gate_elsewhere')}
        action={
          <Button size="large" onClick={onTakeOver}>
            {t('takeOver')}
          </Button>
        }
      >
        {t('gate_elsewhereDo')}
      </EmptyState>
    </div>
  );
}
