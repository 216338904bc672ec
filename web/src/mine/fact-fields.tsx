import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import type { FieldProblem } from '../ui/states.tsx';

/** The last four of an identity number, or undefined for what cannot be that. */
export const lastFourOf = (typed: string): string | undefined =>
  /^[0-9A-Za-z]{4}$/.test(typed.trim()) ? typed.trim().toUpperCase() : undefined;

export function LastFourField({
  id = 'last-four',
  label,
  value,
  set,
  error,
  hint = true,
}: {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly set: (next: string) => void;
  readonly error: string | undefined;
  readonly hint?: boolean;
}) {
  const { t } = useTranslation('mine');
  return (
    <TextInput
      id={id}
      className="four-field"
      label={label}
      {...(hint && { description: t('fact.lastFourHint') })}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={4}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      error={error}
    />
  );
}

export type Fact = { readonly birthDate: string; readonly lastFour: string };

/** Birth date and last four as they are typed. They are kept nowhere: a reload asks again. */
export function useFact() {
  const { t } = useTranslation('mine');
  const [date, setDate] = useState(NO_DATE);
  const [lastFour, setLastFour] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const of = (field: string): string | undefined => problems.find((it) => it.field === field)?.message;
  return {
    problems,
    /** What was typed, or undefined, with what is wrong with it on the page. */
    read(more: readonly FieldProblem[] = []): Fact | undefined {
      const [birthDate, four] = [birthDateOf(date), lastFourOf(lastFour)];
      setProblems([
        ...(birthDate ? [] : [{ field: 'year', message: t('error.birthDate') }]),
        ...(four ? [] : [{ field: 'last-four', message: t('error.lastFour') }]),
        ...more,
      ]);
      return birthDate && four && more.length === 0 ? { birthDate, lastFour: four } : undefined;
    },
    fields: (
      <>
        <BirthDateFields value={date} set={setDate} error={of('year')} labelled />
        <LastFourField label={t('fact.lastFour')} value={lastFour} set={setLastFour} error={of('last-four')} />
      </>
    ),
  };
}
