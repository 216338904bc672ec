import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { isWechat } from '../lib/wechat.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Qr, qrModules } from '../ui/qr.tsx';
import { ActionError, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { drawRecord, type RecordWords } from './record-picture.ts';
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

/** The record: a plain sheet that says first what it is not. Page, picture and PDF say the same. */
function Paper({ record }: { readonly record: Made }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const amount = useAmount();
  const address = `${window.location.origin}/verify/${record.code}`;
  const modules = useMemo(() => qrModules(address), [address]);
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
    <>
      <article className="paper" aria-labelledby="paper">
        <header>
          <h2 id="paper">{words.title}</h2>
          <p className="paper-not">
            <b>{words.not}</b> {words.notText}
          </p>
        </header>
        <dl>
          {words.rows.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd className={term === t('record.code') || term === t('record.din') ? 'mono' : undefined}>{value}</dd>
            </div>
          ))}
        </dl>
        <footer>
          <Qr modules={modules} label={t('record.qr', { code: record.code })} />
          <p>
            {words.verify}
            <br />
            <span className="muted">{words.by}</span>
          </p>
        </footer>
      </article>
      <Keep record={record} modules={modules} words={words} />
    </>
  );
}

type KeepProps = { readonly record: Made; readonly modules: ReturnType<typeof qrModules>; readonly words: RecordWords };

/** As a picture anywhere; as a PDF where files can be kept, which WeChat's browser cannot. */
function Keep({ record, modules, words }: KeepProps) {
  const { t } = useTranslation(['given', 'pages']);
  const [picture, setPicture] = useState<string>();
  const [pdf, setPdf] = useState<'idle' | 'busy' | 'failed'>('idle');
  const wechat = isWechat();
  const name = `nuanliu-${record.date}-${record.code}`;
  const savePdf = async (): Promise<void> => {
    setPdf('busy');
    try {
      const { recordPdf } = await import('./record-pdf.ts');
      const bytes = await recordPdf(drawRecord(modules, words), words.title);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
      link.download = `${name}.pdf`;
      link.click();
      URL.revokeObjectURL(link.href);
      setPdf('idle');
    } catch {
      setPdf('failed');
    }
  };
  return (
    <>
      <div className="row">
        <Button onClick={() => setPicture(drawRecord(modules, words).canvas.toDataURL('image/png'))}>
          {t('record.picture')}
        </Button>
        {!wechat && (
          <Button variant="default" onClick={() => void savePdf()} loading={pdf === 'busy'}>
            {t('record.pdf')}
          </Button>
        )}
      </div>
      <p role="status" className={pdf === 'failed' ? 'bad' : 'small muted'}>
        {pdf === 'busy'
          ? t('record.pdfBusy')
          : pdf === 'failed'
            ? t('record.pdfFailed')
            : wechat
              ? t('record.wechat')
              : ''}
      </p>
      {picture && (
        <figure className="kept-picture">
          <figcaption role="status">{t('record.pressHint')}</figcaption>
          <img
            src={picture}
            alt={t('record.pictureAlt', {
              name: record.name ?? '＊',
              date: words.rows[1]?.[1],
              site: words.rows[2]?.[1],
              what: words.rows[3]?.[1],
              amount: words.rows[4]?.[1],
              code: record.code,
            })}
          />
          {!wechat && (
            <Button component="a" href={picture} download={`${name}.png`} variant="default">
              {t('record.download')}
            </Button>
          )}
        </figure>
      )}
    </>
  );
}
