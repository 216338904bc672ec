import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dayName } from '../lib/time.ts';
import { Empty, Good, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { MyEventPage } from './mine.tsx';

/** Every date of a series, and how far its making has come. */
export function SeriesPage() {
  const { t } = useTranslation(['work', 'pages']);
  return (
    <MyEventPage title={t('run.series.title')}>
      {({ event, organisationId }) =>
        event.seriesId ? (
          <Dates event={event} seriesId={event.seriesId} organisationId={organisationId} />
        ) : (
          <Empty title={t('pages:error.code.not-found')} />
        )
      }
    </MyEventPage>
  );
}

const MAKING_MS = 1_500;

function Dates({
  event,
  seriesId,
  organisationId,
}: {
  readonly event: EventView;
  readonly seriesId: string;
  readonly organisationId: string;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [isMade, setMade] = useState(false);
  const series = useApi('GET /api/series/{seriesId}', { params: { seriesId } }, isMade ? {} : { every: MAKING_MS });
  const now = series.data?.status;
  useEffect(() => setMade(now === 'made'), [now]);
  if (series.error && !series.data) return <LoadError error={series.error} retry={() => void series.refetch()} />;
  if (!series.data) return <Loading />;
  const { items, status, every } = series.data;
  const there = items.filter((each) => each.status !== undefined);
  return (
    <>
      {status === 'making' ? (
        <p role="status">{t('run.series.making', { made: there.length, all: items.length })}</p>
      ) : (
        <Good>{t('run.series.made', { all: there.length })}</Good>
      )}
      <p className="muted">{t(`run.series.every.${every}`)}</p>
      <ul className="lines">
        {items.map(({ date, eventId, status: stands }) => (
          <li key={date} className="line-row">
            {stands ? (
              <Link
                to={`/organise/${organisationId}/${eventId}`}
                aria-current={eventId === event.eventId ? 'page' : undefined}
              >
                {dayName(date, language)} {date.slice(0, 4)}
              </Link>
            ) : (
              <span className="muted">{dayName(date, language)}</span>
            )}
            <span className={`tag tag-${stands ?? 'draft'}`}>
              {stands
                ? t(`organise.status.${stands}`)
                : t(status === 'making' ? 'run.series.pending' : 'run.series.left')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
