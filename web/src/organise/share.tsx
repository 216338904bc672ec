import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../api/types.ts';
import { span } from '../lib/time.ts';
import { isWechat } from '../lib/wechat.ts';
import { qrModules } from '../ui/qr.tsx';
import { Empty, Loading, useLanguage } from '../ui/states.tsx';
import { MyEventPage } from './mine.tsx';
import { drawShare } from './share-picture.ts';

/** A picture of the event for chat groups: what does not age, and a code that leads to what does. */
export function ShareEventPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.share.title')} lead={t('run.share.lead')}>
      {({ event }) =>
        event.status === 'published' ? <Picture event={event} /> : <Empty title={t('run.share.draft')} />
      }
    </MyEventPage>
  );
}

function Picture({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [picture, setPicture] = useState<string>();
  const when = span(event.startsAt, event.endsAt, event.zone, language);
  const where = `${event.community[language]} · ${event.address[language]}`;
  const title = event.title[language];
  const words = {
    title,
    when,
    where,
    roles: [...new Set(event.shifts.map(({ role }) => role[language]))],
    by: t('run.share.by', { name: event.organisation[language] }),
    scan: t('run.share.scan'),
  };
  const address = `${window.location.origin}/events/${event.eventId}`;
  const said = JSON.stringify(words);
  useEffect(() => {
    setPicture(drawShare(qrModules(address), JSON.parse(said)).toDataURL('image/png'));
  }, [address, said]);
  if (!picture) return <Loading lines={1} />;
  return (
    <figure className="kept-picture">
      <figcaption>{t('run.share.press')}</figcaption>
      <img src={picture} alt={t('run.share.alt', { title, when, where })} />
      {!isWechat() && (
        <Button component="a" href={picture} download={`nuanliu-${event.eventId}.png`}>
          {t('run.share.download')}
        </Button>
      )}
    </figure>
  );
}
