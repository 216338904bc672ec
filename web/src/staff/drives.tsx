import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dayName, timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';

type Drive = CallOutput<'GET /api/planning/{siteId}/drives'>['items'][number];

const POLL_MS = 30_000;

/** Events whose volunteers the site's times rest on, and those that ask for it. */
export function DrivesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('drives.title')}>
      {() => <Drives />}
    </Work>
  );
}

function Drives() {
  const { t } = useTranslation('work');
  const { siteId, date } = useDesk();
  const drives = useApi('GET /api/planning/{siteId}/drives', { params: { siteId } }, { every: POLL_MS });
  return (
    <Page title={t('drives.title')} lead={t('drives.lead')} eyebrow={t('staff.title')} back={`/staff/${siteId}`} wide>
      <DeskTabs siteId={siteId} date={date} />
      {drives.error && !drives.data ? (
        <LoadError error={drives.error} retry={() => void drives.refetch()} />
      ) : !drives.data ? (
        <Loading lines={4} />
      ) : drives.data.items.length === 0 ? (
        <Empty title={t('drives.empty')}>
          <p>{t('drives.emptyText')}</p>
        </Empty>
      ) : (
        drives.data.items.map((drive) => <One key={`${drive.date} ${drive.eventId}`} siteId={siteId} drive={drive} />)
      )}
    </Page>
  );
}

function One({ siteId, drive }: { readonly siteId: string; readonly drive: Drive }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { eventId, date, status, version, zone, shifts, isCancelled } = drive;
  const act = useAct('POST /api/planning/{siteId}/drives/{eventId}', `drive:${siteId}:${eventId}:${date}:${version}`);
  const take = (step: 'agree' | 'decline' | 'end') =>
    void act.run({ params: { siteId, eventId }, body: { step, version } });
  const title = drive.title[language];
  const id = `${date}-${eventId}`;
  const missing = shifts.reduce((sum, { minimum, taken }) => sum + Math.max(0, minimum - taken), 0);
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id} className="card-title">
        {dayName(date, language)} · {title}{' '}
        <span className={`status ${status === 'agreed' ? 'status-booked' : ''}`}>{t(`drives.status.${status}`)}</span>
      </h2>
      <p>
        {drive.organisation[language]} · <Tel phone={drive.contactPhone} />
      </p>
      <ul className="plain small">
        {shifts.map(({ role, startsAt, endsAt, minimum, taken, places }) => (
          <li key={`${startsAt}${role.zh}`}>
            {timeOf(startsAt, zone)}–{timeOf(endsAt, zone)} {role[language]} ·{' '}
            <span className={taken < minimum ? 'bad' : undefined}>
              {t(minimum > 0 ? 'drives.filled' : 'drives.filledAny', { taken, places, minimum })}
            </span>
          </li>
        ))}
      </ul>
      {status === 'agreed' && (
        <p className={isCancelled || missing > 0 ? 'bad' : 'good'}>
          {isCancelled
            ? t('drives.cancelled')
            : missing > 0
              ? t('drives.short', { count: missing })
              : t('drives.enough')}
        </p>
      )}
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        {status === 'asked' ? (
          <>
            <Button loading={act.busy} aria-label={`${t('drives.agree')}：${title}`} onClick={() => take('agree')}>
              {t('drives.agree')}
            </Button>
            <Button
              variant="default"
              loading={act.busy}
              aria-label={`${t('drives.decline')}：${title}`}
              onClick={() => take('decline')}
            >
              {t('drives.decline')}
            </Button>
          </>
        ) : (
          <Button
            variant="default"
            loading={act.busy}
            aria-label={`${t('drives.end')}：${title}`}
            onClick={() => take('end')}
          >
            {t('drives.end')}
          </Button>
        )}
      </div>
      <Progress act={act} />
    </section>
  );
}
