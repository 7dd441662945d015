import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { deskKey } from './queries.ts';

/** Performs an act of the desk, and reads its lists again. */
export function useAct<Sent>(act: (sent: Sent) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
}

/** A button that performs an act at once, and says what was refused. */
export function ActButton({
  act,
  look = 'quiet',
  children,
}: {
  act: () => Promise<unknown>;
  look?: ComponentProps<typeof Button>['look'];
  children: string;
}) {
  const made = useAct<void>(act);
  return (
    <>
      <Button look={look} size="small" busy={made.isPending} onClick={() => made.mutate()}>
        {children}
      </Button>
      {made.error && (
        <Notice tone="bad" live>
          {sayProblem(made.error)}
        </Notice>
      )}
    </>
  );
}
