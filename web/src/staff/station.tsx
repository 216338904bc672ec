import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { randomKey } from '../api/action-key.ts';
import { useAct } from '../api/hooks.ts';
import { sharedStation } from '../lib/station-store.ts';
import { beginStation, endStation, leave } from '../station/turns.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Progress, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';

/** Makes this browser one that several people of the site use in turn, or one like any other again. */
export function StationPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('station.setTitle')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  return (
    <Page title={site.data?.name[language] ?? t('station.setTitle')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <h2>{t('station.setTitle')}</h2>
      {sharedStation.get() ? <Shared /> : <Make siteId={siteId} />}
    </Page>
  );
}

function Make({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const act = useAct('POST /api/stations', 'make-station', { unwritten: true });
  // The same for each try, so that a repeat meets what the first has made.
  const [key] = useState(randomKey);
  const make = async (): Promise<void> => {
    const made = await act.run({ body: { siteId, key } });
    if (!made) return;
    const { stationId, siteName, lockMinutes } = made;
    beginStation({ stationId, key, siteId, siteName, lockMinutes });
    await navigate('/staff/station/join', { replace: true });
  };
  return (
    <>
      <p>{t('station.setLead')}</p>
      <ul className="bullets">
        <li>{t('station.how.join')}</li>
        <li>{t('station.how.turn')}</li>
        <li>{t('station.how.lock')}</li>
      </ul>
      {act.error && <ActionError error={act.error} />}
      {window.isSecureContext ? (
        <div>
          <Button loading={act.busy} onClick={() => void make()}>
            {t('station.set')}
          </Button>
        </div>
      ) : (
        <p className="bad">{t('station.insecure')}</p>
      )}
      <Progress act={act} />
    </>
  );
}

function Shared() {
  const { t } = useTranslation('work');
  const [asked, setAsked] = useState(false);
  return (
    <>
      <p>{t('station.isSet')}</p>
      <div className="day-tools">
        <Button onClick={() => void leave()}>{t('station.leave')}</Button>
        {asked ? (
          <Button color="ember" onClick={() => void endStation()}>
            {t('station.endSure')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setAsked(true)}>
            {t('station.end')}
          </Button>
        )}
      </div>
      <p className="small muted">{t('station.leaveHint')}</p>
    </>
  );
}
