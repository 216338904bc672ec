import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { restWords } from '../../../shared/domain/rest.ts';
import { useApi } from '../api/hooks.ts';
import { listed } from '../lib/listed.ts';
import { moment, span } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { CalendarIcon, ClockIcon, DropIcon, HandsIcon, PhoneIcon, PinIcon, TickIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Shifts } from '../ui/shifts.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';

const POLL_MS = 10_000;

/** One event: what, where, the shifts, and what a recruitment notice must say. */
export function EventPage() {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const { eventId = '' } = useParams();
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { every: POLL_MS, staleTime: 2_000 });
  const view = event.data;
  const notices = (['conditions', 'howToApply', 'risks', 'support'] as const).flatMap((name) => {
    const text = view?.[name]?.[language];
    return text ? [{ name, text }] : [];
  });
  const limits = [
    view?.mostShifts !== undefined && t('event.most', { count: view.mostShifts }),
    view?.restMinutes !== undefined && t('event.rest', { span: restWords(view.restMinutes)[language] }),
  ].filter((each) => each !== false);
  const now = useNow(1_000);
  const at = (instant: string): string => moment(instant, view?.zone ?? 'UTC', language);
  const isOpen = !(view?.opensAt && now < view.opensAt) && !(view?.closesAt && now >= view.closesAt);
  const signUp =
    view?.opensAt !== undefined && now < view.opensAt
      ? t('event.opens', { when: at(view.opensAt) })
      : view?.closesAt !== undefined &&
        (now < view.closesAt ? t('event.closes', { when: at(view.closesAt) }) : t('pages:events.closed'));
  return (
    <Page
      title={view?.title[language] ?? t('event.title')}
      back="/events"
      eyebrow={view && t('event.organiser', { name: view.organisation[language] })}
    >
      {event.error && !view ? (
        <LoadError error={event.error} retry={() => void event.refetch()} />
      ) : !view ? (
        <Loading />
      ) : (
        <>
          <p className="with-icon">
            <CalendarIcon size={18} />
            {span(view.startsAt, view.endsAt, view.zone, language)}
          </p>
          <p className="with-icon">
            <PinIcon size={18} />
            <span>
              {view.district[language]} · {view.community[language]}
              <br />
              <span className="muted">{view.address[language]}</span>
            </span>
          </p>
          <p className="with-icon">
            <PhoneIcon size={18} />
            <Tel phone={view.contactPhone} />
          </p>
          <p className="with-icon">
            <HandsIcon size={18} />
            <span>
              {t('event.headcount', { count: view.headcount })}
              {view.cohosts && (
                <>
                  <br />
                  <span className="muted">
                    {t('event.cohosts', {
                      names: listed(
                        view.cohosts.map(({ name }) => name[language]),
                        language,
                      ),
                    })}
                  </span>
                </>
              )}
            </span>
          </p>
          {view.drive && view.status === 'published' && (
            <p className="with-icon">
              <DropIcon size={18} />
              <span>
                {t('event.drive', { site: view.drive.site[language] })}{' '}
                <Link
                  to={`/donate/${view.drive.siteId}?${new URLSearchParams({ procedure: 'whole-blood', date: view.drive.dates[0] ?? '' })}`}
                >
                  {t('event.driveGive')}
                </Link>
              </span>
            </p>
          )}
          {signUp && (
            <p className="with-icon">
              <ClockIcon size={18} />
              {signUp}
            </p>
          )}
          {limits.length > 0 && (
            <p className="with-icon">
              <TickIcon size={18} />
              {limits.join(' · ')}
            </p>
          )}
          <p className="prose">{view.content[language]}</p>
          {view.status === 'cancelled' || view.status === 'cancelling' ? (
            <Empty title={t('event.cancelled')} />
          ) : (
            <section aria-labelledby="shifts">
              <h2 id="shifts">{t('pages:events.shifts')}</h2>
              <Shifts
                event={view}
                waits
                linkOf={(shift) => `/events/${eventId}/check?${new URLSearchParams({ slot: shift.slotId })}`}
              />
              {view.mostTeam !== undefined && isOpen && (
                <p>
                  <Link to={`/events/${eventId}/team`}>{t('team.go', { most: view.mostTeam })}</Link>
                </p>
              )}
            </section>
          )}
          {view.insures && (
            <section aria-labelledby="insures">
              <h2 id="insures">{t('event.insures')}</h2>
              <p className="prose">{t('event.insuresText')}</p>
              <p>
                <Link to={`/mine/insurance?return=${encodeURIComponent(`/events/${eventId}`)}`}>
                  {t('event.insuresGo')}
                </Link>
              </p>
            </section>
          )}
          {notices.map(({ name, text }) => (
            <section key={name} aria-labelledby={name}>
              <h2 id={name}>{t(`event.${name}`)}</h2>
              <p className="prose">{text}</p>
            </section>
          ))}
        </>
      )}
    </Page>
  );
}
