import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { listed } from '../lib/listed.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, dayName, moment, timeOf } from '../lib/time.ts';
import { LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { useGuardianText } from './guardian.tsx';
import { MyEventPage } from './mine.tsx';

/** Lines left a shift for whoever comes without having signed up. */
const BLANK = 3;

/** A day's roster on paper, where there is no screen: who comes, and room for when they came, went, and their signature. */
export function EventPrintPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.print.title')} lead={t('run.print.lead')} wide>
      {({ event }) => <Sheets event={event} />}
    </MyEventPage>
  );
}

function Sheets({ event }: { readonly event: EventView }) {
  const { t } = useTranslation(['work', 'pages']);
  const guardianText = useGuardianText();
  const language = useLanguage();
  const [search] = useSearchParams();
  const dates = [...new Set(event.shifts.map((shift) => shift.date))].sort();
  const date = dateOf(search.get('date')) ?? dates[0] ?? dateIn(event.zone, event.startsAt);
  const roster = usePages('GET /api/events/{eventId}/roster', {
    params: { eventId: event.eventId },
    query: { date, limit: 100 },
  });
  const more = roster.hasNextPage;
  const coming = roster.items.filter(({ status }) => status !== 'cancelled');
  const shifts = event.shifts.filter((shift) => shift.date === date);
  const columns = ['name', 'last4', 'notes', 'came', 'left', 'signature'] as const;
  return (
    <>
      <div className="desk-tools no-print">
        {dates.length > 1 && (
          <nav className="segments" aria-label={t('staff.date')}>
            {dates.map((each) => (
              <Link key={each} to={`?date=${each}`} aria-current={each === date ? 'date' : undefined}>
                {dayName(each, language)}
              </Link>
            ))}
          </nav>
        )}
        {more && (
          <Button variant="default" loading={roster.isFetchingNextPage} onClick={() => void roster.fetchNextPage()}>
            {t('pages:common.more')}
          </Button>
        )}
        <Button disabled={!roster.data || more} onClick={() => window.print()}>
          {t('desk.print.go')}
        </Button>
      </div>
      {roster.error && roster.data && <LoadError error={roster.error} retry={() => void roster.fetchNextPage()} />}
      {roster.error && !roster.data ? (
        <LoadError error={roster.error} retry={() => void roster.refetch()} />
      ) : !roster.data ? (
        <Loading lines={5} />
      ) : (
        shifts.map((shift) => {
          const own = coming.filter(({ shiftId }) => shiftId === shift.shiftId);
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it is wider than the page, and a keyboard has to move it
            <section key={shift.shiftId} className="sheet-scroll" tabIndex={0} aria-label={shift.role[language]}>
              <table className="sheet">
                <caption>
                  <b>
                    {event.title[language]} · {dayName(date, language)} {timeOf(shift.startsAt, event.zone)}–
                    {timeOf(shift.endsAt, event.zone)} {shift.role[language]}
                  </b>{' '}
                  {t('desk.print.count', { count: own.length })}
                  <span className="muted">
                    {' · '}
                    {t('desk.print.made', { when: moment(new Date().toISOString(), event.zone, language) })}
                  </span>
                </caption>
                <thead>
                  <tr>
                    {columns.map((name) => (
                      <th key={name} scope="col">
                        {t(`run.print.columns.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {own.map((entry) => (
                    <tr key={entry.bookingId}>
                      <th scope="row">{entry.name}</th>
                      <td>{entry.phoneLast4}</td>
                      <td>
                        {[
                          entry.team && t('run.team', { name: entry.team }),
                          entry.underAge && `${guardianText(entry.guardian)} ${entry.guardian?.phone ?? ''}`,
                          listed(
                            entry.qualifications.map(
                              ({ qualification }) => QUALIFICATION_NAMES[qualification][language],
                            ),
                            language,
                          ),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </td>
                      <td />
                      <td />
                      <td className="sheet-din" />
                    </tr>
                  ))}
                  {Array.from({ length: BLANK }, (_, n) => `blank-${n}`).map((name) => (
                    <tr key={name}>
                      {columns.map((column) => (
                        <td key={column} />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          );
        })
      )}
    </>
  );
}
