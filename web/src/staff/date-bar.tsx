import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { dateOf, withQuery } from '../lib/params.ts';
import { addDays, dayName } from '../lib/time.ts';
import { BackIcon } from '../ui/icons.tsx';
import { useLanguage } from '../ui/states.tsx';

/** The day being looked at, in the address. */
export function DateBar({ date, today }: { readonly date: string; readonly today: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  return (
    <div className="date-bar">
      <Link to={withQuery(search, { date: addDays(date, -1) })} className="square" aria-label={t('staff.prev')}>
        <BackIcon />
      </Link>
      <b aria-live="polite">{dayName(date, language)}</b>
      <Link to={withQuery(search, { date: addDays(date, 1) })} className="square flip" aria-label={t('staff.next')}>
        <BackIcon />
      </Link>
      <TextInput
        type="date"
        aria-label={t('staff.date')}
        value={date}
        onChange={(event) => {
          const chosen = dateOf(event.currentTarget.value);
          if (chosen) void navigate(withQuery(search, { date: chosen }));
        }}
      />
      {date !== today && <Link to={withQuery(search, { date: undefined })}>{t('staff.today')}</Link>}
    </div>
  );
}
