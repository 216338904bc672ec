import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateOf } from '../lib/params.ts';

export type TypedDate = { readonly year: string; readonly month: string; readonly day: string };
export const NO_DATE: TypedDate = { year: '', month: '', day: '' };

const pad = (text: string, width: number): string => text.trim().padStart(width, '0');

/** The date that was typed, where it is one on which somebody living may have been born. */
export function birthDateOf(typed: TypedDate): string | undefined {
  const date = dateOf(`${pad(typed.year, 4)}-${pad(typed.month, 2)}-${pad(typed.day, 2)}`);
  return date && date >= '1900-01-01' ? date : undefined;
}

/** Year, month and day as three fields: a date long ago is typed faster than it is picked. */
export function BirthDateFields({
  value,
  set,
  error,
  labelled,
}: {
  readonly value: TypedDate;
  readonly set: (next: TypedDate) => void;
  readonly error: string | undefined;
  /** Shows the name of the three as well, on a page that asks for something else too. */
  readonly labelled?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className="date-fields">
        <legend className={labelled ? 'date-legend' : 'sr-only'}>{t('profile.birthDate')}</legend>
        {(['year', 'month', 'day'] as const).map((part) => (
          <TextInput
            key={part}
            id={part}
            label={t(`profile.edit.birth-date.${part}`)}
            inputMode="numeric"
            autoComplete={`bday-${part}`}
            maxLength={part === 'year' ? 4 : 2}
            value={value[part]}
            onChange={(event) => set({ ...value, [part]: event.currentTarget.value.replaceAll(/\D/g, '') })}
            error={error !== undefined}
            className={part === 'year' ? 'wide-field' : ''}
          />
        ))}
      </fieldset>
      {error && <p className="bad">{error}</p>}
    </>
  );
}
