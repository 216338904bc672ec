import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

export type TypedMinutes = { readonly hours: string; readonly minutes: string };
export const NOTHING_TYPED: TypedMinutes = { hours: '', minutes: '' };

/** A time served, in hours and minutes; `minutesTyped` reads it. */
export function MinutesField({
  legend,
  labels,
  typed,
  set,
  error,
  idOf = (field) => field,
}: {
  readonly legend: ReactNode;
  readonly labels: { readonly hours: string; readonly minutes: string };
  readonly typed: TypedMinutes;
  readonly set: (typed: TypedMinutes) => void;
  readonly error: string | undefined;
  readonly idOf?: (field: keyof TypedMinutes) => string;
}) {
  return (
    <fieldset className="hours-typed">
      <legend>{legend}</legend>
      <TextInput
        id={idOf('hours')}
        inputMode="numeric"
        label={labels.hours}
        value={typed.hours}
        error={error}
        onChange={(event) => set({ ...typed, hours: event.currentTarget.value })}
      />
      <TextInput
        id={idOf('minutes')}
        inputMode="numeric"
        label={labels.minutes}
        value={typed.minutes}
        onChange={(event) => set({ ...typed, minutes: event.currentTarget.value })}
      />
    </fieldset>
  );
}

/** Why, as whoever asked or decides reads it. */
export function ReasonField({
  id,
  label,
  description,
  value,
  set,
  error,
}: {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly error: string | undefined;
}) {
  return (
    <Textarea
      id={id}
      label={label}
      description={description}
      value={value}
      error={error}
      maxLength={200}
      autosize
      minRows={2}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
