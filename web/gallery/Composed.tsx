import { useState } from 'react';
import { ApiProblem, unreachable } from '../../client/problem.ts';
import type { OwnHold } from '../src/features/buy/use-own-hold.ts';
import { ScanResult } from '../src/features/door/ScanResult.tsx';
import { outcomeOf, outcomeOfError } from '../src/features/door/scan-outcome.ts';
import { EventCard } from '../src/features/explore/EventCard.tsx';
import { CardSkeletons } from '../src/features/explore/ExploreSkeleton.tsx';
import { EventStatus } from '../src/features/organise/EventStatus.tsx';
import { OrphanDialog } from '../src/features/seats/OrphanDialog.tsx';
import { SeatLegend } from '../src/features/seats/SeatLegend.tsx';
import { readSeatMap } from '../src/features/seats/seat-model.ts';
import { useSelection } from '../src/features/seats/use-selection.ts';
import { LanguageMenu } from '../src/features/shell/LanguageMenu.tsx';
import { NotFoundPage } from '../src/features/shell/NotFoundPage.tsx';
import { PagePending } from '../src/features/shell/PagePending.tsx';
import { SignInFirst } from '../src/features/shell/SignInFirst.tsx';
import { ThemeButton } from '../src/features/shell/ThemeButton.tsx';
import { CancelDialog } from '../src/features/wallet/CancelDialog.tsx';
import { KeptNotice } from '../src/features/wallet/KeptNotice.tsx';
import { OrderStatus } from '../src/features/wallet/OrderStatus.tsx';
import { TicketCard } from '../src/features/wallet/TicketCard.tsx';
import { Button } from '../src/ui/Button.tsx';
import { Group, Row, Specimen } from './Specimen.tsx';
import { checkIn, event, order, orderStatuses, seatMap, summaries, tickets } from './samples.ts';

const model = readSeatMap(seatMap, event);

/** What features make of the parts. */
export function Composed() {
  return (
    <Group title="Composed">
      <Specimen name="EventCard">
        <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
          {summaries.map((each) => (
            <EventCard key={each.id} event={each} eager={false} />
          ))}
        </div>
      </Specimen>
      <Specimen name="CardSkeletons">
        <CardSkeletons />
      </Specimen>
      <Specimen name="TicketCard: valid, used, cancelled">
        <div className="grid gap-4">
          {tickets.map((ticket, index) => (
            <TicketCard
              key={ticket.id}
              ticket={ticket}
              event={order.event}
              n={index + 1}
              count={tickets.length}
              offline={false}
            />
          ))}
        </div>
      </Specimen>
      <Specimen name="OrderStatus, EventStatus">
        <Row>
          {orderStatuses.map((status) => (
            <OrderStatus key={status} order={{ ...order, status }} />
          ))}
        </Row>
        <Row>
          {(['draft', 'published', 'over', 'cancelled'] as const).map((status) => (
            <EventStatus key={status} status={status} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="SeatLegend">
        <Legend />
      </Specimen>
      <Specimen name="OrphanDialog, CancelDialog">
        <Row>
          <OpensOrphans />
          <OpensCancel />
        </Row>
      </Specimen>
      <Specimen name="ScanResult">
        <div className="grid gap-3 sm:grid-cols-2">
          <ScanResult shown={{ key: '', outcome: null }} pending timeZone="Europe/Berlin" />
          {[outcomeOf(checkIn), outcomeOfError(twice), outcomeOfError(unreachable())].map((outcome) => (
            <ScanResult
              key={outcome.kind}
              shown={{ key: outcome.kind, outcome }}
              pending={false}
              timeZone="Europe/Berlin"
            />
          ))}
        </div>
      </Specimen>
      <Specimen name="LanguageMenu, ThemeButton">
        <Row>
          <LanguageMenu />
          <ThemeButton />
        </Row>
      </Specimen>
      <Specimen name="KeptNotice">
        <KeptNotice at={order.createdAt} />
      </Specimen>
      <Specimen name="SignInFirst">
        <SignInFirst next="/orders" />
      </Specimen>
      <Specimen name="NotFoundPage">
        <NotFoundPage />
      </Specimen>
      <Specimen name="PagePending">
        <PagePending />
      </Specimen>
    </Group>
  );
}

const twice = new ApiProblem({
  code: 'already_used',
  title: 'This ticket has been used',
  status: 409,
  usedAt: '2027-01-15T21:42:00Z',
  gate: 'North',
  by: 'Dora Mensah',
});

const nothing: OwnHold = {
  hold: null,
  movable: null,
  placesOf: () => 0,
  priceOf: ({ price }) => price,
  promo: null,
  forget: () => {},
};

function Legend() {
  const [zone, setZone] = useState<number | null>(0);
  const selection = useSelection(event, model, undefined, nothing);
  return (
    <SeatLegend
      {...{ event, model, selection, zone }}
      availability={undefined}
      onItems={selection.setItems}
      onZone={setZone}
    />
  );
}

function OpensOrphans() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        OrphanDialog
      </Button>
      {open && <OrphanDialog model={model} orphans={[1]} onBack={close} onContinue={close} />}
    </>
  );
}

function OpensCancel() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        CancelDialog
      </Button>
      {open && <CancelDialog order={order} onClose={() => setOpen(false)} />}
    </>
  );
}
