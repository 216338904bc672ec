import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { readCode } from '../../../shared/domain/proof-code.ts';
import { CATEGORY_NAMES } from '../../../shared/domain/service-categories.ts';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { useHours } from '../service/words.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import {
  Answers,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  useLanguage,
} from '../ui/states.tsx';
import { useAmount } from './use-amount.ts';

/** Whoever was shown a record checks it here, without signing in. */
export function VerifyPage() {
  const { code } = useParams();
  return code === undefined ? <EnterCode /> : <Checked code={code} />;
}

function EnterCode() {
  const { t } = useTranslation('given');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const check = (event: FormEvent): void => {
    event.preventDefault();
    const bad = readCode(typed) === undefined;
    setProblems(bad ? [{ field: 'code', message: t('verify.bad') }] : []);
    if (!bad) void navigate(`/verify/${encodeURIComponent(typed.trim())}`);
  };
  return (
    <Page title={t('verify.title')} lead={t('verify.lead')}>
      <form noValidate className="question" onSubmit={check}>
        <ErrorSummary problems={problems} />
        <TextInput
          id="code"
          label={t('verify.code')}
          description={t('verify.hint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={problems[0]?.message}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          classNames={{ input: 'mono' }}
        />
        <Button type="submit">{t('verify.check')}</Button>
      </form>
    </Page>
  );
}

function Checked({ code }: { readonly code: string }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const amount = useAmount();
  const record = useApi('GET /api/records/{code}', { params: { code } });
  const noRecord = record.error?.code === 'not-found';
  // The code of a certificate of service looks the same.
  const certificate = useApi('GET /api/certificates/{code}', { params: { code } }, { enabled: noRecord });
  const found = record.data;
  const failed = noRecord ? certificate : record;
  const missing = noRecord && certificate.error?.code === 'not-found';
  return (
    <Page
      title={
        found
          ? t('verify.foundTitle')
          : certificate.data
            ? t('service.verify.foundTitle')
            : missing
              ? t('verify.notFoundTitle')
              : t('verify.title')
      }
      back="/verify"
    >
      {found ? (
        <>
          <div className="notice notice-good" role="status">
            <TickIcon />
            <p>{t('verify.found')}</p>
          </div>
          <Answers
            rows={[
              {
                term: t('record.name'),
                value: (
                  <>
                    <b>{found.maskedName}</b> <span className="small muted">{t('verify.masked')}</span>
                  </>
                ),
              },
              { term: t('record.date'), value: fullDate(found.date, language) },
              { term: t('record.site'), value: found.recordedBy[language] },
              { term: t('record.what'), value: t(`pages:procedure.${found.procedure}`) },
              { term: t('record.amount'), value: amount(found) },
              { term: t('record.code'), value: <span className="mono">{found.code}</span> },
            ]}
          />
          <p className="strong">{t('record.notCertificate')}</p>
          <p className="small muted">
            {t('record.notCertificateText')} {t('verify.only')}
          </p>
        </>
      ) : certificate.data ? (
        <ProvenService proven={certificate.data} />
      ) : missing ? (
        <div className="notice notice-warn" role="status">
          <WarnIcon />
          <p>{t('verify.notFound')}</p>
        </div>
      ) : failed.error ? (
        <LoadError error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <Loading />
      )}
      <LinkButton to="/verify" variant="default">
        {t('verify.again')}
      </LinkButton>
    </Page>
  );
}

/** What an organisation certifies of somebody's service: enough to hold against the paper. */
function ProvenService({ proven }: { readonly proven: CallOutput<'GET /api/certificates/{code}'> }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  const organisation = proven.organisation[language];
  const day = (date: string): string => fullDate(date, language);
  return (
    <>
      {proven.supersededOn ? (
        <div className="notice notice-warn" role="status">
          <WarnIcon />
          <p>{t('service.verify.superseded', { on: day(proven.supersededOn) })}</p>
        </div>
      ) : (
        <div className="notice notice-good" role="status">
          <TickIcon />
          <p>{t('service.verify.found', { organisation })}</p>
        </div>
      )}
      <Answers
        rows={[
          {
            term: t('service.certificate.name'),
            value: (
              <>
                <b>{proven.maskedName}</b> <span className="small muted">{t('verify.masked')}</span>
              </>
            ),
          },
          { term: t('service.certificate.organisation'), value: organisation },
          {
            term: t('service.certificate.period'),
            value: t('service.certificate.periodOf', { from: day(proven.from), to: day(proven.to) }),
          },
          { term: t('service.certificate.total'), value: hours(proven.timed + proven.byHand) },
          { term: t('service.certificate.timed'), value: hours(proven.timed) },
          { term: t('service.certificate.byHand'), value: hours(proven.byHand) },
          {
            term: t('service.certificate.kinds'),
            value: (
              <ul className="plain">
                {proven.categories.map(({ category, timed, byHand }) => (
                  <li key={category}>
                    {CATEGORY_NAMES[category][language]} {hours(timed + byHand)}
                  </li>
                ))}
              </ul>
            ),
          },
          { term: t('service.certificate.number'), value: <span className="mono">{proven.number}</span> },
          { term: t('service.certificate.on'), value: day(proven.issuedOn) },
          { term: t('service.certificate.code'), value: <span className="mono">{proven.code}</span> },
        ]}
      />
      <p className="strong">{t('service.certificate.not')}</p>
      <p className="small muted">
        {t('service.certificate.notText')} {t('service.verify.only')}
      </p>
    </>
  );
}
