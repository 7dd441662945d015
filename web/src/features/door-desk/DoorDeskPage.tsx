import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { Unsaved } from '../forms/Unsaved.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { ConflictList } from './ConflictList.tsx';
import { DeviceList } from './DeviceList.tsx';
import { FindTicket } from './FindTicket.tsx';
import { LinkForm, type MadeLink } from './LinkForm.tsx';
import { LinkList } from './LinkList.tsx';
import { LiveView } from './LiveView.tsx';
import { NewLink } from './NewLink.tsx';
import { doorLinksQuery } from './queries.ts';
import { type RulesEdit, RulesForm } from './RulesForm.tsx';
import { differs } from './rules-draft.ts';
import { TicketScans } from './TicketScans.tsx';
import { useDoorNews } from './use-door-news.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/door');

/** The parts of the page, with what a role needs for them. The address has them after `#`, because a route costs every visitor. */
const parts = [
  { part: '', needs: 'door.manage' },
  { part: 'live', needs: 'door.read' },
  { part: 'rules', needs: 'door.manage' },
  { part: 'find', needs: 'door.admit' },
] as const;

/** The server counts through all tickets of an event, so a busy door is read once a second. */
const gapMs = 900;

/** The desk's page of the door: links for temps and their devices, what happens at the gates, the rules, and the tickets. */
export function DoorDeskPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  const { hash } = useLocation();
  const isLive = useDoorNews(event.organisation.id, event.id, gapMs);
  const [rules, setRules] = useState<RulesEdit | null>(null);
  const [asked, setAsked] = useState('');
  useTitle(`${t('title')} · ${event.title}`);
  const ticketId = hash.startsWith('ticket-') ? (hash.slice('ticket-'.length) as TicketId) : null;
  const open = parts.filter(({ needs }) => may(needs));
  const chosen = parts.find(({ part }) => part === hash && part !== '') ?? open[0] ?? parts[0];
  const mayNot = <Notice className="mt-6">{t('mayNot')}</Notice>;
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <Unsaved isDirty={() => rules !== null && differs(rules.draft, rules.from)} />
      {open.length > 1 && (
        <nav aria-label={t('title')} className="mt-4 flex flex-wrap gap-x-5 gap-y-1 border-b border-line">
          {open.map(({ part }) => {
            const isHere = ticketId ? part === 'find' : part === chosen.part;
            return (
              <Link
                key={part}
                to={paths.eventDoor}
                params={{ eventId: event.id }}
                hash={part}
                activeOptions={{ includeHash: true }}
                aria-current={isHere ? 'page' : undefined}
                className={`-mb-px inline-flex min-h-11 items-center border-b-2 font-semibold ${isHere ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
              >
                {t(`part.${part || 'devices'}`)}
              </Link>
            );
          })}
        </nav>
      )}
      {ticketId ? (
        may('door.read') ? (
          <TicketScans
            key={ticketId}
            event={event}
            ticketId={ticketId}
            may={{ undo: may('door.manage'), seeOrder: may('orders.read') }}
          />
        ) : (
          mayNot
        )
      ) : !may(chosen.needs) ? (
        mayNot
      ) : chosen.part === 'live' ? (
        <LiveView event={event} isLive={isLive} />
      ) : chosen.part === 'rules' ? (
        <RulesForm event={event} edit={rules} setEdit={setRules} />
      ) : chosen.part === 'find' ? (
        <FindTicket event={event} asked={asked} onAsk={setAsked} />
      ) : (
        <Devices event={event} />
      )}
    </Subpage>
  );
}

function Devices({ event }: { event: ManagedEvent }) {
  const links = useQuery(doorLinksQuery(event.id));
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  return (
    <>
      <p className="mt-4 text-muted">{t('text')}</p>
      <div className="mt-6">
        <Button onClick={() => setMaking(true)}>{t('add')}</Button>
      </div>
      {links.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(links.error)}
        </Notice>
      )}
      {links.data && (
        <>
          <ConflictList event={event} />
          <DeviceList event={event} links={links.data} />
          <LinkList event={event} links={links.data} />
        </>
      )}
      {isMaking && (
        <LinkForm
          event={event}
          onClose={() => setMaking(false)}
          onMade={(link) => {
            setMaking(false);
            setMade(link);
          }}
        />
      )}
      {made && <NewLink event={event} made={made} onClose={() => setMade(null)} />}
    </>
  );
}
