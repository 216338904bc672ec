import './precheck.css';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { PolicyPack } from '../../../shared/domain/policy-pack.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { dateOf, withQuery } from '../lib/params.ts';
import { addDays } from '../lib/time.ts';
import { ErrorSummary, type FieldProblem, MarkOf, useLanguage } from '../ui/states.tsx';

/** An address of the check with the site and rules that are being asked about. */
export function useWay(): (to: string, change?: Record<string, string | undefined>) => string {
  const [search] = useSearchParams();
  return (to, change = {}) => {
    const kept = new URLSearchParams();
    for (const name of ['site', 'pack']) {
      const value = search.get(name);
      if (value) kept.set(name, value);
    }
    const query = withQuery(kept, change);
    return `/precheck${to}${query === '?' ? '' : query}`;
  };
}

/** Says whose rules these are, and that a physician must sign them. */
export function RulesNote({ pack }: { readonly pack: PolicyPack }) {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  return (
    <div className="small muted">
      <p>
        {t('rules', { name: pack.name[language] })} {pack.source}
      </p>
      <p>{t('rulesSigned')}</p>
    </div>
  );
}

export const Mark = MarkOf;

/** A question's frame: what is wrong first, then the fields, then the way on. */
export function QuestionForm({
  problems,
  submit,
  children,
  label,
  busy = false,
}: {
  readonly problems: readonly FieldProblem[];
  readonly submit: () => void;
  readonly children: ReactNode;
  readonly label: string;
  readonly busy?: boolean;
}) {
  return (
    <>
      <ErrorSummary problems={problems} />
      <form
        noValidate
        className="question"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        {children}
        <Button type="submit" size="lg" loading={busy}>
          {label}
        </Button>
      </form>
    </>
  );
}

export type Typed = { readonly year: string; readonly month: string; readonly day: string };
export const typedOf = (date: LocalDate | undefined): Typed => {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') };
};
const EARLIEST = '1900-01-01';
/** The date that was typed, or undefined for none there is. */
export function dateTyped({ year, month, day }: Typed): LocalDate | undefined {
  const pad = (text: string, width: number): string => text.trim().padStart(width, '0');
  const date = dateOf(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  return date && date >= EARLIEST ? date : undefined;
}

/** Year, month and day, with today and yesterday at hand where they are likely. */
export function DateFields({
  legend,
  value,
  set,
  wrong,
  today,
  birthday = false,
}: {
  readonly legend: string;
  readonly value: Typed;
  readonly set: (next: Typed) => void;
  readonly wrong: string | undefined;
  readonly today: LocalDate;
  readonly birthday?: boolean;
}) {
  const { t } = useTranslation('precheck');
  return (
    <>
      <fieldset className="date-fields">
        <legend className="sr-only">{legend}</legend>
        {(['year', 'month', 'day'] as const).map((part) => (
          <TextInput
            key={part}
            id={part}
            label={t(`date.${part}`)}
            inputMode="numeric"
            {...(birthday && { autoComplete: `bday-${part}` })}
            maxLength={part === 'year' ? 4 : 2}
            value={value[part]}
            onChange={(event) => set({ ...value, [part]: event.currentTarget.value.replaceAll(/\D/g, '') })}
            error={wrong !== undefined}
            className={part === 'year' ? 'wide-field' : ''}
          />
        ))}
      </fieldset>
      {!birthday && (
        <div className="row-wrap">
          {([0, -1] as const).map((days) => (
            <Button key={days} variant="default" onClick={() => set(typedOf(addDays(today, days)))}>
              {days === 0 ? t('date.today') : t('date.yesterday')}
            </Button>
          ))}
        </div>
      )}
      {wrong && <p className="bad">{wrong}</p>}
    </>
  );
}

/** A date that may not lie ahead, with what is wrong with it. */
export function useTypedDate(first: LocalDate | undefined, today: LocalDate, badWords?: string) {
  const { t } = useTranslation('precheck');
  const [value, set] = useState(() => typedOf(first));
  const [wrong, setWrong] = useState<string>();
  const read = (): LocalDate | undefined => {
    const date = dateTyped(value);
    const message = !date ? (badWords ?? t('dateError.bad')) : date > today ? t('dateError.ahead') : undefined;
    setWrong(message);
    return message ? undefined : date;
  };
  const problems: readonly FieldProblem[] = wrong ? [{ field: 'year', message: wrong }] : [];
  return { value, set, wrong, read, problems };
}
