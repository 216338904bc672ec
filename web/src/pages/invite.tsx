import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { dayName, moment, span, timeOf } from '../lib/time.ts';
import { PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';

type Invitation = CallOutput<'GET /api/invitations/{code}'>;

/** The times that are kept for a work unit, for its members. */
export function InvitePage() {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const { code = '' } = useParams();
  const found = useApi('GET /api/invitations/{code}', { params: { code } }, { every: 10_000, staleTime: 2_000 });
  const it = found.data;
  return (
    <Page
      title={it ? t('invite.title', { unit: it.unit }) : t('pages:slots.title')}
      back="/donate"
      eyebrow={t('pages:nav.donate')}
      {...(it && { lead: t('invite.lead', { site: it.site[language], unit: it.unit }) })}
    >
      {found.error?.code === 'not-found' ? (
        <Empty title={t('invite.none')}>
          <LinkButton to="/donate">{t('pages:slots.title')}</LinkButton>
        </Empty>
      ) : found.error && !it ? (
        <LoadError error={found.error} retry={() => void found.refetch()} />
      ) : !it ? (
        <Loading lines={3} />
      ) : (
        <>
          <p className="with-icon muted">
            <PinIcon size={18} />
            {it.address[language]}
          </p>
          {it.ended || it.times.length === 0 ? (
            <Empty title={t(it.ended ? 'invite.ended' : 'invite.over')}>
              <LinkButton to={`/donate/${it.siteId}`}>{t('invite.toAll')}</LinkButton>
            </Empty>
          ) : (
            <>
              <p>{t('invite.until', { when: moment(it.until, it.zone, language) })}</p>
              <Times invitation={it} />
            </>
          )}
        </>
      )}
    </Page>
  );
}

function Times({ invitation: { times, zone, siteId, code } }: { readonly invitation: Invitation }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  return [...groupBy(times, ({ date, procedure }) => `${date} ${procedure}`)].map(([key, day]) => {
    const [first] = day;
    if (!first) return null;
    const { date, procedure } = first;
    return (
      <section key={key} aria-labelledby={`day-${date}-${procedure}`}>
        <h2 id={`day-${date}-${procedure}`}>
          {dayName(date, language)} · {t(`pages:procedure.${procedure}`)}
        </h2>
        <ul className="chips">
          {day.map(({ slotId, startsAt, free }) => (
            <li key={slotId}>
              {free > 0 ? (
                <Link
                  className="chip"
                  to={`/donate/check?${new URLSearchParams({ site: siteId, procedure, date, slot: slotId, invite: code })}`}
                >
                  <b>{timeOf(startsAt, zone)}</b>
                  <span>{t('pages:slots.free', { free })}</span>
                </Link>
              ) : (
                <span className="chip chip-full">
                  <b>{timeOf(startsAt, zone)}</b>
                  <span>{t('invite.full')}</span>
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

/** For the contact of a work unit: heads per time, and nothing else. */
export function HeadcountPage() {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const { code = '' } = useParams();
  const found = useApi('GET /api/headcounts/{code}', { params: { code } }, { every: 30_000 });
  const it = found.data;
  const sum = (of: 'reserved' | 'booked'): number => (it?.times ?? []).reduce((all, time) => all + time[of], 0);
  return (
    <Page
      title={it ? t('headcount.title', { unit: it.unit }) : t('headcount.columns.booked')}
      {...(it && { lead: t('headcount.lead'), eyebrow: it.site[language] })}
    >
      {found.error?.code === 'not-found' ? (
        <Empty title={t('headcount.none')} />
      ) : found.error && !it ? (
        <LoadError error={found.error} retry={() => void found.refetch()} />
      ) : !it ? (
        <Loading lines={3} />
      ) : (
        <>
          <p className="strong">{t('headcount.total', { reserved: sum('reserved'), booked: sum('booked') })}</p>
          <table className="heads">
            <caption className="sr-only">{t('headcount.title', { unit: it.unit })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('headcount.columns.time')}</th>
                <th scope="col">{t('headcount.columns.booked')}</th>
              </tr>
            </thead>
            <tbody>
              {it.times.map(({ startsAt, endsAt, procedure, booked, reserved }) => (
                <tr key={startsAt + procedure}>
                  <th scope="row">
                    {span(startsAt, endsAt, it.zone, language)} · {t(`pages:procedure.${procedure}`)}
                  </th>
                  <td>{t('headcount.booked', { booked, reserved })}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">
            {it.ended ? t('headcount.ended') : t('headcount.until', { when: moment(it.until, it.zone, language) })}
          </p>
        </>
      )}
    </Page>
  );
}
