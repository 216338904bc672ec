import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { CATEGORY_NAMES } from '../../../shared/domain/service-categories.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { PaperSheet } from '../given/paper.tsx';
import type { RecordWords } from '../given/record-picture.ts';
import { dateOf } from '../lib/params.ts';
import { fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { useHours } from './words.ts';

type Made = CallOutput<'POST /api/me/service/certificates'>;

export function NewCertificatePage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('service.certificate.newTitle')}>{(me) => <New me={me} />}</SignedIn>;
}

export function CertificatePage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('service.certificate.title')}>{() => <Own />}</SignedIn>;
}

function New({ me }: { readonly me: Person }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const { organisationId = '' } = useParams();
  const mine = useApi('GET /api/me/service', {});
  const organisation = mine.data?.organisations.find((each) => each.organisationId === organisationId);
  return (
    <Page
      title={t('service.certificate.newTitle')}
      back="/service"
      {...(organisation && { lead: t('service.certificate.newLead', { name: organisation.name[language] }) })}
    >
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : !organisation ? (
        <Empty title={t('service.empty')} />
      ) : !organisation.certifies ? (
        <p>{t('service.certificate.notReady')}</p>
      ) : (
        <>
          {!me.name && (
            <p>
              {t('service.certificate.noName')}{' '}
              <Link to={`/profile/edit/name?return=${encodeURIComponent(`/service/certify/${organisationId}`)}`}>
                {t('service.certificate.addName')}
              </Link>
            </p>
          )}
          <Choose organisationId={organisationId} hasAward={mine.data.award.minutes > 0} />
        </>
      )}
    </Page>
  );
}

function Choose({ organisationId, hasAward }: { readonly organisationId: string; readonly hasAward: boolean }) {
  const { t } = useTranslation('given');
  const navigate = useNavigate();
  const act = useAct('POST /api/me/service/certificates', `certify:${organisationId}`);
  const [what, setWhat] = useState('all');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const make = async (): Promise<void> => {
    act.reset();
    const bad = from !== '' && to !== '' && to < from;
    setProblems(bad ? [{ field: 'to', message: t('service.certificate.order') }] : []);
    if (bad) return;
    const [first, last] = [dateOf(from), dateOf(to)];
    const body = { organisationId, ...(first && { from: first }), ...(last && { to: last }) };
    const made = await act.run({ body: { ...body, ...(what === 'award' && { awardOnly: true }) } });
    if (made) await navigate(`/service/certificates/${made.code}`, { replace: true });
  };
  return (
    <Question problems={problems} submit={() => void make()}>
      {hasAward && (
        <Radio.Group label={t('service.certificate.what')} value={what} onChange={setWhat}>
          <Radio value="all" label={t('service.certificate.all')} />
          <Radio value="award" label={t('service.certificate.awardOnly')} />
        </Radio.Group>
      )}
      <div className="hours-dates">
        <TextInput
          id="from"
          type="date"
          label={t('service.certificate.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          id="to"
          type="date"
          label={t('service.certificate.to')}
          value={to}
          error={problems[0]?.message}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <p className="small muted">{t('service.certificate.seen')}</p>
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('service.certificate.go')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}

function Own() {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const { code } = useParams();
  const mine = useApi('GET /api/me/service', {});
  const made = mine.data?.certificates.find((each) => each.code === code);
  return (
    <Page title={t('service.certificate.title')} back="/service">
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : !made ? (
        <Empty title={t('service.certificate.missing')}>
          <LinkButton to="/service">{t('service.title')}</LinkButton>
        </Empty>
      ) : (
        <>
          {made.supersededOn && (
            <div className="notice notice-warn" role="status">
              <p>{t('service.certificate.superseded', { on: fullDate(made.supersededOn, language) })}</p>
            </div>
          )}
          <Paper made={made} />
        </>
      )}
    </Page>
  );
}

function Paper({ made }: { readonly made: Made }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  const day = (date: string): string => fullDate(date, language);
  const organisation = made.organisation[language];
  const join = language === 'zh' ? '；' : '; ';
  const total = hours(made.timed + made.byHand);
  const words: RecordWords = {
    title: t('service.certificate.paper'),
    not: t('service.certificate.not'),
    notText: t('service.certificate.notText'),
    rows: [
      [t('service.certificate.name'), made.name],
      [
        t(made.numberOf === 'platform' ? 'service.certificate.platformNumber' : 'service.certificate.ownNumber'),
        made.volunteerNumber,
      ],
      [t('service.certificate.period'), t('service.certificate.periodOf', { from: day(made.from), to: day(made.to) })],
      [t('service.certificate.total'), total],
      [t('service.certificate.timed'), hours(made.timed)],
      [t('service.certificate.byHand'), hours(made.byHand)],
      [
        t('service.certificate.kinds'),
        made.categories
          .map(({ category, timed, byHand }) => `${CATEGORY_NAMES[category][language]} ${hours(timed + byHand)}`)
          .join(join),
      ],
      [
        t('service.certificate.content'),
        made.activities
          .map(({ title, minutes, times }) =>
            t('service.certificate.activity', { title: title[language], hours: hours(minutes), times }),
          )
          .join(join),
      ],
      [t('service.certificate.organisation'), organisation],
      [t('service.certificate.responsible'), made.responsible],
      [t('service.certificate.handler'), made.handler],
      [t('service.certificate.contact'), made.contact],
      [t('service.certificate.number'), made.number],
      [t('service.certificate.on'), day(made.issuedOn)],
      [t('service.certificate.code'), made.code],
    ],
    verify: t('record.verifyAt', { url: `${window.location.host}/verify` }),
    by: t('service.certificate.by', { organisation }),
  };
  return (
    <PaperSheet
      words={words}
      code={made.code}
      codes={[
        t('service.certificate.code'),
        t('service.certificate.number'),
        t('service.certificate.ownNumber'),
        t('service.certificate.platformNumber'),
      ]}
      fileName={`nuanliu-${made.number}`}
      alt={t('service.certificate.alt', { name: made.name, organisation, total, number: made.number, code: made.code })}
    />
  );
}
