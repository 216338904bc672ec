import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { PaperSheet } from './paper.tsx';
import type { RecordWords } from './record-picture.ts';
import { useAmount } from './use-amount.ts';

export function RecordPage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('record.title')}>{(me) => <Own me={me} />}</SignedIn>;
}

function Own({ me }: { readonly me: Person }) {
  const { t } = useTranslation('given');
  const { date = '', din = '' } = useParams();
  const donation = useApi('GET /api/me/donations/{din}', { params: { din }, query: { date } });
  const input = { params: { din }, body: { date } };
  const act = useAct('POST /api/me/donations/{din}/record', `record:${din}`, { input });
  const [made, setMade] = useState<Made>();
  const make = async (): Promise<void> => setMade(await act.run(input));
  const known = donation.data?.recordCode;
  const record: Made | undefined =
    made ??
    (donation.data && known
      ? {
          code: known,
          din,
          name: me.name,
          maskedName: '',
          date: donation.data.date,
          recordedBy: donation.data.siteName ?? { zh: '', en: '' },
          procedure: donation.data.procedure,
          volumeMl: donation.data.volumeMl,
          platelets: donation.data.platelets,
        }
      : undefined);
  return (
    <Page title={t('record.title')} back="/donations" lead={t('record.lead')}>
      {donation.error ? (
        <LoadError error={donation.error} retry={() => void donation.refetch()} />
      ) : !donation.data ? (
        <Loading />
      ) : record ? (
        <Paper record={record} />
      ) : (
        <>
          <p>{t('record.makeLead')}</p>
          {!me.name && (
            <p>
              {t('record.noName')} <Link to="/profile/edit/name">{t('record.addName')}</Link>
            </p>
          )}
          {act.error && <ActionError error={act.error} />}
          <Button onClick={() => void make()} loading={act.busy}>
            {t('record.make')}
          </Button>
          <Progress act={act} />
        </>
      )}
    </Page>
  );
}

type Made = CallOutput<'POST /api/me/donations/{din}/record'>;

function Paper({ record }: { readonly record: Made }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const amount = useAmount();
  const site = record.recordedBy[language];
  const words: RecordWords = {
    title: t('record.paper'),
    not: t('record.notCertificate'),
    notText: t('record.notCertificateText'),
    rows: [
      [t('record.name'), record.name ?? '＊'],
      [t('record.date'), fullDate(record.date, language)],
      [t('record.site'), site],
      [t('record.what'), t(`pages:procedure.${record.procedure}`)],
      [t('record.amount'), amount(record)],
      [t('record.din'), record.din],
      [t('record.code'), record.code],
    ],
    verify: t('record.verifyAt', { url: `${window.location.host}/verify` }),
    by: t('record.recordedBy', { site }),
  };
  return (
    <PaperSheet
      words={words}
      code={record.code}
      codes={[t('record.code'), t('record.din')]}
      fileName={`nuanliu-${record.date}-${record.code}`}
      alt={t('record.pictureAlt', {
        name: record.name ?? '＊',
        date: words.rows[1]?.[1],
        site: words.rows[2]?.[1],
        what: words.rows[3]?.[1],
        amount: words.rows[4]?.[1],
        code: record.code,
      })}
    />
  );
}
