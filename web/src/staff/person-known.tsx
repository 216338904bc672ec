import { Textarea } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../ui/states.tsx';
import { Options } from './complete.tsx';

export type KnownBy = 'document' | 'known';

export const knownProblems = (t: TFunction<'work'>, knownBy: KnownBy | '', reason: string): FieldProblem[] => [
  ...(knownBy ? [] : [{ field: 'who-document', message: t('desk.phone.error.who') }]),
  ...(reason.trim() ? [] : [{ field: 'reason', message: t('desk.phone.error.reason') }]),
];

/** How staff know who it is, and why they change what lets that person in. */
export function Known({
  knownBy,
  setKnownBy,
  reason,
  setReason,
  label,
  errorOf,
}: {
  readonly knownBy: KnownBy | '';
  readonly setKnownBy: (value: KnownBy) => void;
  readonly reason: string;
  readonly setReason: (value: string) => void;
  readonly label: string;
  readonly errorOf: (field: string) => string | undefined;
}) {
  const { t } = useTranslation('work');
  return (
    <>
      <Options
        legend={t('desk.phone.who')}
        name="who"
        value={knownBy}
        options={[
          { value: 'document', label: t('desk.phone.document') },
          { value: 'known', label: t('desk.phone.otherwise') },
        ]}
        choose={(value) => setKnownBy(value === 'document' ? 'document' : 'known')}
        error={errorOf('who-document')}
      />
      <Textarea
        id="reason"
        label={label}
        description={t('desk.phone.reasonHint')}
        autoComplete="off"
        maxLength={200}
        autosize
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={errorOf('reason')}
      />
    </>
  );
}
