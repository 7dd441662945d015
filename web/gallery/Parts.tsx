import { useState } from 'react';
import { Button } from '../src/ui/Button.tsx';
import { Countdown } from '../src/ui/Countdown.tsx';
import { Cover } from '../src/ui/Cover.tsx';
import { nowMs } from '../src/ui/clock.ts';
import { Dialog } from '../src/ui/Dialog.tsx';
import { EmptyState } from '../src/ui/EmptyState.tsx';
import { Field, Select, TextArea } from '../src/ui/Field.tsx';
import { Notice } from '../src/ui/Notice.tsx';
import { Skeleton } from '../src/ui/Skeleton.tsx';
import { Stepper } from '../src/ui/Stepper.tsx';
import { Group, Row, Specimen } from './Specimen.tsx';

const looks = ['primary', 'quiet', 'plain', 'danger'] as const;
const long = 'Choose the two seats beside the aisle in the first row of the upper circle';

/** What is in src/ui. */
export function Parts() {
  return (
    <Group title="Parts">
      <Buttons />
      <Fields />
      <Specimen name="Notice">
        <div className="grid gap-3">
          <Notice>Something to know.</Notice>
          <Notice tone="good" title="Confirmed">
            Your tickets are on their way to you by e-mail.
          </Notice>
          <Notice tone="warn" title="Your seats were given back">
            They are free for others now. Try for the same ones again.
          </Notice>
          <Notice tone="bad">The bank refused the payment. Your seats are still held for 8 minutes.</Notice>
        </div>
      </Specimen>
      <Specimen name="Stepper">
        <Count start={0} />
        <Count start={8} />
      </Specimen>
      <Specimen name="Countdown: ten minutes, and the last one">
        <Row>
          <Timer minutes={10} />
          <Timer minutes={0.9} />
        </Row>
      </Specimen>
      <Specimen name="Dialog">
        <Opens />
      </Specimen>
      <Specimen name="Skeleton">
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="mt-3 h-24 w-full" />
      </Specimen>
      <Specimen name="EmptyState">
        <EmptyState icon="ticket" title="Nothing here yet" action={<Button>See what’s on</Button>}>
          Tickets that you buy are kept here, also without a connection.
        </EmptyState>
      </Specimen>
      <Specimen name="Cover: a picture, and what is drawn where there is none">
        <div className="grid grid-cols-3 gap-3">
          <Cover
            src="/covers/blue-hour.webp"
            title="Blue Hour"
            className="aspect-[3/2] w-full rounded-card"
          />
          <Cover src={null} title="Night Shift" className="aspect-[3/2] w-full rounded-card" />
          <Cover src={null} title="ليلة القانون" className="aspect-[3/2] w-full rounded-card" />
        </div>
      </Specimen>
    </Group>
  );
}

function Buttons() {
  return (
    <Specimen name="Button">
      {(['small', 'medium', 'large'] as const).map((size) => (
        <Row key={size}>
          {looks.map((look) => (
            <Button key={look} look={look} size={size}>
              {look}
            </Button>
          ))}
        </Row>
      ))}
      <Row>
        <Button busy>Busy</Button>
        <Button look="quiet" busy>
          Busy
        </Button>
        <Button disabledBecause="Choose a seat first">Not now, for a reason</Button>
      </Row>
      <Row>
        <Button className="w-full">{long}</Button>
      </Row>
    </Specimen>
  );
}

function Fields() {
  return (
    <Specimen name="Field, TextArea, Select">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" defaultValue="Nora Lindholm" autoComplete="off" />
        <Field
          label="E-mail"
          type="email"
          hint="Your tickets are sent there."
          placeholder="you@example.com"
        />
        <Field
          label="Card number"
          inputMode="numeric"
          defaultValue="4242"
          error="The number is incomplete."
        />
        <Field label="Name" defaultValue="ليلى حدّاد" />
        <Field label="Off" disabled defaultValue="Not now" />
        <Field label="Date" type="date" defaultValue="2027-01-15" />
        <Select label="Category" defaultValue="music">
          <option value="music">Music</option>
          <option value="theatre">Theatre</option>
        </Select>
        <Select label="Without a choice" error="Choose one." defaultValue="">
          <option value="" />
          <option>One</option>
        </Select>
        <Select label="City" hideLabel pill defaultValue="any">
          <option value="any">Any city</option>
        </Select>
        <TextArea label="Description" rows={3} hint="Markdown works." className="sm:col-span-2" />
      </div>
    </Specimen>
  );
}

function Count({ start }: { start: number }) {
  const [value, setValue] = useState(start);
  return (
    <div className="flex items-center justify-between gap-4 py-1">
      <span className="min-w-0">
        <span className="block font-semibold">Regular</span>
        <span className="text-muted">€24.50</span>
      </span>
      <Stepper label="Regular" value={value} max={8} fewer="Fewer" more="More" onChange={setValue} />
    </div>
  );
}

function Timer({ minutes }: { minutes: number }) {
  const [endsAtMs] = useState(() => nowMs() + minutes * 60_000);
  return <Countdown endsAtMs={endsAtMs} offsetMs={0} label="left to pay" onEnd={() => {}} />;
}

function Opens() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        Open
      </Button>
      {open && (
        <Dialog
          title="Give the places back?"
          closeLabel="Close"
          onClose={close}
          footer={
            <>
              <Button look="quiet" onClick={close}>
                Keep them
              </Button>
              <Button look="danger" onClick={close}>
                Give back
              </Button>
            </>
          }
        >
          <p>Others can take them at once.</p>
          <Field label="Why?" className="mt-4" />
        </Dialog>
      )}
    </>
  );
}
