import { useState } from 'react';
import type { AnswerOf } from '../../../../client/endpoint.ts';
import type { listMembers } from '../../../../client/endpoints.generated.ts';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EventChoice } from './EventChoice.tsx';
import { t } from './words.ts';

type Member = AnswerOf<typeof listMembers>['items'][number];

/** Says for how many events a role counts. */
export const sayEvents = (events: readonly string[] | null): string =>
  events === null ? t('allEvents') : t('onlyEvents', { n: events.length });

/** For owners: the events that a member's role counts for, with a dialog that changes them. */
export function MemberEvents({
  organisationId,
  member,
  onChoose,
}: {
  organisationId: OrganisationId;
  member: Member;
  onChoose: (events: EventId[] | null) => void;
}) {
  const [chosen, setChosen] = useState<EventId[] | null | undefined>();
  return (
    <>
      <Button
        look="plain"
        size="small"
        className="-ms-3"
        aria-label={`${sayEvents(member.events)}: ${member.name}`}
        onClick={() => setChosen(member.events)}
      >
        {sayEvents(member.events)}
      </Button>
      {chosen !== undefined && (
        <Dialog
          title={t('eventsOf', { name: member.name })}
          closeLabel={t('keepMember')}
          onClose={() => setChosen(undefined)}
          footer={
            <>
              <Button look="quiet" onClick={() => setChosen(undefined)}>
                {t('keepMember')}
              </Button>
              <Button
                disabledBecause={chosen?.length === 0 && t('chooseEvent')}
                onClick={() => {
                  onChoose(chosen);
                  setChosen(undefined);
                }}
              >
                {t('save')}
              </Button>
            </>
          }
        >
          <EventChoice organisationId={organisationId} chosen={chosen} onChange={setChosen} />
        </Dialog>
      )}
    </>
  );
}
