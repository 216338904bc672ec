import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { dateOf } from '../lib/params.ts';
import { addDays, dayName, moment, timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { useRoster } from './use-roster.ts';

/** Lines left for whoever comes without a booking. */
const BLANK = 8;

export function PrintPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.print.title')}>
      {() => <Sheet />}
    </Work>
  );
}

/** A day's roster as a sheet of paper, on which the day can be written should all else fail. Tomorrow's unless asked. */
function Sheet() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const { siteId, site, today } = useDesk();
  const date = dateOf(search.get('date')) ?? addDays(today, 1);
  const roster = useRoster(siteId, date, site.data !== undefined);
  const coming = roster.items.filter(({ status }) => status !== 'cancelled');
  const ready = roster.data && !roster.hasNextPage;
  const failed = site.error ?? (roster.data ? undefined : roster.error);
  const columns = ['time', 'name', 'last4', 'procedure', 'came', 'done', 'din', 'volume', 'end'] as const;
  return (
    <Page title={t('desk.print.title')} lead={t('desk.print.lead')} back={`/staff/${siteId}`} wide>
      <div className="desk-tools no-print">
        <DateBar date={date} today={today} />
        <Button disabled={!ready} onClick={() => window.print()}>
          {t('desk.print.go')}
        </Button>
      </div>
      {failed ? (
        <LoadError error={failed} retry={() => void roster.refetch()} />
      ) : !ready ? (
        <Loading lines={5} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it is wider than the page, and a keyboard has to move it
        <section className="sheet-scroll" tabIndex={0} aria-label={t('staff.roster')}>
          <table className="sheet">
            <caption>
              <b>{t('desk.print.head', { site: site.data?.name[language] ?? '', day: dayName(date, language) })}</b>{' '}
              {t('desk.print.count', { count: coming.length })}
              <span className="muted">
                {' · '}
                {t('desk.print.made', {
                  when: moment(new Date().toISOString(), site.data?.zone ?? 'UTC', language),
                })}
              </span>
            </caption>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {t(`desk.print.columns.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {coming.map((entry) => (
                <tr key={entry.bookingId}>
                  <td>{timeOf(entry.startsAt, entry.zone)}</td>
                  <th scope="row">
                    {entry.name}
                    {entry.firstTime && <small> {t('desk.print.first')}</small>}
                  </th>
                  <td>{entry.phoneLast4}</td>
                  <td>{t(`pages:procedure.${entry.procedure}`)}</td>
                  <td />
                  <td />
                  <td className="sheet-din" />
                  <td />
                  <td />
                </tr>
              ))}
              {Array.from({ length: BLANK }, (_, n) => `blank-${n}`).map((name, n) => (
                <tr key={name}>
                  <td>{n === 0 ? t('desk.print.blank') : ''}</td>
                  {columns.slice(1).map((column) => (
                    <td key={column} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}
