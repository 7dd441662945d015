import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Field, Select } from '../../ui/Field.tsx';
import { readNumber, writeNumber } from './typed-number.ts';
import { t } from './words.ts';

interface NumberProps {
  label: string;
  /** Null if the selected objects differ in it. */
  value: number | null;
  min: number;
  max: number;
  step?: number;
  whole?: boolean;
  hint?: string;
  onChange: (value: number) => void;
}

/**
 * A number that changes the plan as it is typed. While the text is no number or out of range, the plan keeps the last one and the
 * field says what it takes.
 */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  whole = false,
  hint,
  onChange,
}: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : writeNumber(value));
  const isFine = (number: number | null): number is number =>
    number !== null && number >= min && number <= max && (!whole || Number.isInteger(number));
  const type = (text: string) => {
    setTyped(text);
    const number = readNumber(text);
    if (isFine(number) && number !== value) onChange(number);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? step : event.key === 'ArrowDown' ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max((readNumber(shown) ?? value ?? min) + by, min), max);
    type(writeNumber(next));
  };
  return (
    <Field
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      placeholder={value === null ? t('mixed') : undefined}
      hint={hint}
      error={
        typed !== null && !isFine(readNumber(typed)) && typed !== '' ? t('between', { min, max }) : undefined
      }
      onChange={(event) => type(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => setTyped(null)}
    />
  );
}

interface TextProps {
  label: string;
  value: string | null;
  max: number;
  /** Whether it may be empty. */
  mayBeEmpty?: boolean;
  hint?: string;
  onChange: (value: string) => void;
}

/** A text that changes the plan as it is typed. */
export function TextField({ label, value, max, mayBeEmpty = false, hint, onChange }: TextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value ?? '';
  const isEmpty = shown.trim() === '' && !mayBeEmpty && typed !== null;
  return (
    <Field
      label={label}
      value={shown}
      maxLength={max}
      autoComplete="off"
      placeholder={value === null ? t('mixed') : undefined}
      hint={hint}
      error={isEmpty ? t('needed') : undefined}
      onChange={(event) => {
        const { value: text } = event.target;
        setTyped(text);
        if (mayBeEmpty || text.trim() !== '') onChange(text);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | null;
  options: readonly { value: Value; name: string }[];
  hint?: string;
  onChange: (value: Value) => void;
}

export function Choice<Value extends string>({ label, value, options, hint, onChange }: ChoiceProps<Value>) {
  return (
    <Select
      label={label}
      value={value ?? ''}
      hint={hint}
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {value === null && (
        <option value="" disabled>
          {t('mixed')}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </Select>
  );
}

/** A box to tick; `mixed` if the selected seats differ. */
export function Check({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean | null;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="checkbox"
        className="size-5 shrink-0 accent-accent"
        checked={value === true}
        ref={(box) => {
          if (box) box.indeterminate = value === null;
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Fields beside each other where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 items-start gap-3">{children}</div>;
}

/** A group of fields with a heading. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-3 border-t border-line pt-3">
      <legend className="float-start mb-1 w-full font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
