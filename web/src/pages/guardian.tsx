import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { isUnderAge } from '../../../shared/domain/guardian.ts';
import type { GuardianRelation } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, EventView, Person } from '../api/types.ts';
import { samePlace } from '../lib/same-place.ts';
import { dateIn, moment } from '../lib/time.ts';
import { Confirmed } from '../ui/confirmed.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { RelationField } from '../ui/relation-field.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  Good,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';

type Asked = CallOutput<'GET /api/me/guardians'>['items'][number];

/** For somebody who is not of age: their guardian is texted, once for all that an organisation does. */
export function AskGuardianPage() {
  const { t } = useTranslation('serve');
  return <SignedIn title={t('guardian.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

const POLL_MS = 5_000;

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const { eventId = '' } = useParams();
  const [search] = useSearchParams();
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { staleTime: 60_000 });
  // The guardian may answer while their child looks at this.
  const mine = useApi('GET /api/me/guardians', {}, { every: POLL_MS });
  const { pathname, search: query } = useLocation();
  const here = new URLSearchParams({ return: pathname + query });
  const back = samePlace(search.get('return') ?? `/events/${eventId}`);
  const said = mine.data?.items.find((each) => each.organisationId === event.data?.organisationId);
  const failed = event.error ?? mine.error;
  return (
    <Page title={t('guardian.title')} back={back} eyebrow={event.data?.organisation[language]}>
      {failed && !(event.data && mine.data) ? (
        <LoadError
          error={failed}
          retry={() => {
            void event.refetch();
            void mine.refetch();
          }}
        />
      ) : !event.data || !mine.data ? (
        <Loading />
      ) : said?.status === 'given' ? (
        <>
          <Good>{t('guardian.given', { organisation: event.data.organisation[language] })}</Good>
          <LinkButton to={back}>{t('guardian.signUp')}</LinkButton>
        </>
      ) : me.name === undefined || me.birthDate === undefined ? (
        <>
          <p>{t(me.name === undefined ? 'guardian.needsName' : 'guardian.needsAge')}</p>
          <LinkButton to={`/profile/edit/${me.name === undefined ? 'name' : 'birth-date'}?${here}`}>
            {t(me.name === undefined ? 'guardian.toName' : 'pages:check.complete')}
          </LinkButton>
        </>
      ) : !isUnderAge(me.birthDate, dateIn(event.data.zone, new Date())) ? (
        <Empty title={t('guardian.ofAge')}>
          <LinkButton to={back}>{t('guardian.signUp')}</LinkButton>
        </Empty>
      ) : (
        <Ask event={event.data} said={said} refetch={() => void mine.refetch()} />
      )}
    </Page>
  );
}

function Ask({
  event,
  said,
  refetch,
}: {
  readonly event: EventView;
  readonly said: Asked | undefined;
  readonly refetch: () => void;
}) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const [name, setName] = useState(said?.guardian ?? '');
  const [relation, setRelation] = useState<string>(said?.relation ?? '');
  const [phone, setPhone] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  // Somebody else's number stays out of what the browser keeps.
  const act = useAct('POST /api/me/guardians', `guardian:${event.organisationId}`, { unwritten: true });
  const refused = useRefused(
    {
      guardian: { field: 'guardian', label: t('guardian.name') },
      phone: { field: 'phone', label: t('guardian.phone') },
    },
    act.error,
  );
  const shown = problems.length > 0 ? problems : refused;
  const errorOf = (field: string): string | undefined => shown.find((it) => it.field === field)?.message;
  const submit = async (): Promise<void> => {
    const missing = [
      ...(name.trim() === '' ? [{ field: 'guardian', message: t('guardian.error.name') }] : []),
      ...(relation === '' ? [{ field: 'relation', message: t('guardian.error.relation') }] : []),
      ...(phone.trim() === '' ? [{ field: 'phone', message: t('guardian.error.phone') }] : []),
    ];
    setProblems(missing);
    act.reset();
    if (missing.length > 0) return;
    const done = await act.run({
      body: { eventId: event.eventId, guardian: name.trim(), relation: relation as GuardianRelation, phone },
    });
    if (!done) return;
    setPhone('');
    refetch();
  };
  const organisation = event.organisation[language];
  return (
    <>
      <p>{t('guardian.lead', { organisation })}</p>
      {said && (
        <div className="card stack" role="status">
          <p>
            <b>
              {t(`guardian.standing.${said.status}`, {
                guardian: said.guardian,
                digits: said.phoneLast4 ?? '',
                when: said.askedAt ? moment(said.askedAt, event.zone, language) : '',
              })}
            </b>
          </p>
          {said.status === 'asked' && <p className="muted">{t('guardian.waits')}</p>}
        </div>
      )}
      <Question problems={shown} submit={() => void submit()}>
        <TextInput
          id="guardian"
          label={t('guardian.name')}
          autoComplete="off"
          maxLength={60}
          value={name}
          error={errorOf('guardian')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <RelationField
          label={t('guardian.relation')}
          pick={t('guardian.pick')}
          nameOf={(each) => t(`guardian.relations.${each}`)}
          value={relation}
          set={setRelation}
          error={errorOf('relation')}
        />
        <TextInput
          id="phone"
          label={t('guardian.phone')}
          description={t('guardian.phoneHint')}
          inputMode="tel"
          autoComplete="off"
          maxLength={30}
          value={phone}
          error={errorOf('phone')}
          onChange={({ currentTarget }) => setPhone(currentTarget.value)}
        />
        {act.error && refused.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t(said ? 'guardian.again' : 'guardian.send')}
        </Button>
        <Progress act={act} />
      </Question>
      <p className="small muted">{t('guardian.paper', { organisation })}</p>
    </>
  );
}

/** Where the link in a guardian's text leads: what they are asked, and a button for each answer. Nobody signs in here. */
export function GuardianPage() {
  const { t } = useTranslation(['serve', 'pages']);
  const { code = '' } = useParams();
  const question = useApi('GET /api/guardians/{code}', { params: { code } }, { staleTime: 0 });
  return (
    <Page title={t('guardian.question.title')}>
      {question.error?.code === 'not-found' || question.error?.code === 'invalid-input' ? (
        <Empty title={t('guardian.question.gone')}>
          <LinkButton to="/events">{t('guardian.question.events')}</LinkButton>
        </Empty>
      ) : question.error && !question.data ? (
        <LoadError error={question.error} retry={() => void question.refetch()} />
      ) : !question.data ? (
        <Loading />
      ) : (
        <Answer code={code} question={question.data} refetch={() => void question.refetch()} />
      )}
    </Page>
  );
}

function Answer({
  code,
  question,
  refetch,
}: {
  readonly code: string;
  readonly question: CallOutput<'GET /api/guardians/{code}'>;
  readonly refetch: () => void;
}) {
  const { t } = useTranslation('serve');
  const language = useLanguage();
  const act = useAct('POST /api/guardians/{code}', `guardian-says:${code}`, { unwritten: true });
  const [step, setStep] = useState<'give' | 'refuse' | 'withdraw'>();
  const say = async (pressed: 'give' | 'refuse' | 'withdraw'): Promise<void> => {
    setStep(pressed);
    if (await act.run({ params: { code }, body: { step: pressed } })) refetch();
  };
  const { who, guardian, relation, status } = question;
  const organisation = question.organisation[language];
  const words = { who, guardian, organisation, relation: t(`guardian.relations.${relation}`) };
  return (
    <>
      {status === 'given' && <Good>{t('guardian.question.given', words)}</Good>}
      {(status === 'refused' || status === 'withdrawn') && (
        <p role="status">
          <b>{t(`guardian.question.${status}`, words)}</b>
        </p>
      )}
      <p>{t('guardian.question.ask', words)}</p>
      <ul className="bullets">
        {(['may', 'called', 'back', 'blood'] as const).map((point) => (
          <li key={point}>{t(`guardian.question.${point}`, words)}</li>
        ))}
      </ul>
      <p>
        <Link to="/events">{t('guardian.question.events')}</Link>
      </p>
      {act.error && <ActionError error={act.error} />}
      {status === 'given' ? (
        <Confirmed
          label={t('guardian.question.withdraw')}
          yes={t('guardian.question.withdrawYes')}
          busy={act.busy}
          confirm={() => void say('withdraw')}
        />
      ) : (
        <div className="row">
          <Button size="lg" loading={act.busy && step === 'give'} disabled={act.busy} onClick={() => void say('give')}>
            {t('guardian.question.give')}
          </Button>
          {status === 'asked' && (
            <Button
              size="lg"
              variant="default"
              loading={act.busy && step === 'refuse'}
              disabled={act.busy}
              onClick={() => void say('refuse')}
            >
              {t('guardian.question.refuse')}
            </Button>
          )}
        </div>
      )}
      <Progress act={act} />
    </>
  );
}
