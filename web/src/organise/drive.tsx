import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { fullDate } from '../lib/time.ts';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { type Mine, MyEventPage } from './mine.tsx';

/** Whether an event is a blood drive: the site whose times to give rest on its volunteers, asked, agreed or ended. */
export function EventDrivePage() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <MyEventPage title={t('drives.ask.title')} lead={t('drives.ask.lead')} live>
      {(mine) => {
        const { drive } = mine.event;
        const isTied = drive?.status === 'asked' || drive?.status === 'agreed';
        return (
          <>
            {!mine.event.shifts.some(({ minimum = 0 }) => minimum > 0) && (
              <div className="notice notice-warn">
                <p>{t('drives.ask.noMinimum')}</p>
              </div>
            )}
            {drive?.status === 'declined' && <p>{t('drives.ask.declined', { site: drive.site[language] })}</p>}
            {isTied ? <Tied {...mine} /> : <Ask {...mine} />}
          </>
        );
      }}
    </MyEventPage>
  );
}

function Tied({ event, desk }: Mine) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { drive, eventId, version } = event;
  const act = useAct('POST /api/events/{eventId}/drive/end', `drive-end:${eventId}:${version}`);
  if (!drive) return null;
  const short = desk.shifts.filter(({ isShort }) => isShort).length;
  return (
    <section className="card stack" aria-labelledby="drive">
      <h2 id="drive" className="card-title">
        {drive.site[language]}{' '}
        <span className={`status ${drive.status === 'agreed' ? 'status-booked' : ''}`}>
          {t(`drives.status.${drive.status}`)}
        </span>
      </h2>
      <p>{drive.dates.map((date) => fullDate(date, language)).join(language === 'zh' ? '、' : ', ')}</p>
      {drive.status === 'asked' ? (
        <p>{t('drives.ask.waits')}</p>
      ) : short > 0 ? (
        <p className="bad">{t('drives.ask.short', { count: short })}</p>
      ) : (
        <p className="good">{t('drives.ask.enough')}</p>
      )}
      <p className="small muted">{t('drives.ask.changes')}</p>
      {act.error && <ActionError error={act.error} />}
      <div>
        <Button
          variant="default"
          loading={act.busy}
          onClick={() => void act.run({ params: { eventId }, body: { version } })}
        >
          {t(drive.status === 'asked' ? 'drives.ask.takeBack' : 'drives.end')}
        </Button>
      </div>
      <Progress act={act} />
    </section>
  );
}

function Ask({ event, own }: Mine) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { eventId, version } = event;
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const act = useAct('POST /api/events/{eventId}/drive', `drive-ask:${eventId}:${version}`);
  const [chosen, setChosen] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  if (event.status !== 'published') return <p>{t('drives.ask.notYet')}</p>;
  if (sites.error && !sites.data) return <LoadError error={sites.error} retry={() => void sites.refetch()} />;
  if (!sites.data) return <Loading />;
  const submit = async (): Promise<void> => {
    setProblems(chosen ? [] : [{ field: 'site', message: t('drives.ask.error') }]);
    if (chosen) await act.run({ params: { eventId }, body: { siteId: chosen, version } });
  };
  return (
    <Question problems={problems} submit={() => void submit()}>
      <NativeSelect
        id="site"
        label={t('drives.ask.site')}
        description={t('drives.ask.siteHint')}
        value={chosen}
        error={problems[0]?.message}
        onChange={({ currentTarget }) => {
          setChosen(currentTarget.value);
          setProblems([]);
          act.reset();
        }}
        data={[
          { value: '', label: t('drives.ask.pick') },
          ...sites.data.items.map(({ siteId, name }) => ({ value: siteId, label: name[language] })),
        ]}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('drives.ask.go')}
      </Button>
      <Progress act={act} />
      <p className="small">
        <Link to={own}>{t('drives.ask.back')}</Link>
      </p>
    </Question>
  );
}
