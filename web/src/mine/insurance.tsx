import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { DOCUMENT_NAMES } from '../../../shared/domain/document-names.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { samePlace } from '../lib/same-place.ts';
import { fullDate } from '../lib/time.ts';
import { Confirmed } from '../ui/confirmed.tsx';
import { DocumentFields, NO_DOCUMENT } from '../ui/document-fields.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, Good, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';

type Insured = CallOutput<'GET /api/me/insurance'>;

/** Under which document somebody is insured where they volunteer. */
export function InsurancePage() {
  const { t } = useTranslation('mine');
  return <SignedIn title={t('insurance.title')}>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation('mine');
  const [search] = useSearchParams();
  const back = samePlace(search.get('return') ?? '/mine/settings');
  const insured = useApi('GET /api/me/insurance', {});
  return (
    <Page title={t('insurance.title')} lead={t('insurance.lead')} back={back}>
      <ul className="bullets">
        {(['where', 'sealed', 'proves'] as const).map((each) => (
          <li key={each}>{t(`insurance.${each}`)}</li>
        ))}
      </ul>
      {insured.error && !insured.data ? (
        <LoadError error={insured.error} retry={() => void insured.refetch()} />
      ) : !insured.data ? (
        <Loading />
      ) : (
        <Form insured={insured.data} refetch={() => void insured.refetch()} {...(search.has('return') && { back })} />
      )}
    </Page>
  );
}

function Form({
  insured,
  refetch,
  back,
}: {
  readonly insured: Insured;
  readonly refetch: () => void;
  readonly back?: string;
}) {
  const { t } = useTranslation('mine');
  const navigate = useNavigate();
  const [typed, setTyped] = useState(NO_DOCUMENT);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [done, setDone] = useState<'kept' | 'gone'>();
  // The number stays out of what the browser keeps.
  const put = useAct('PUT /api/me/insurance', 'insured', { unwritten: true });
  const remove = useAct('POST /api/me/insurance/remove', 'insured-removed');
  const refused = useRefused(
    { 'document.number': { field: 'document-number', label: t('insurance.number') } },
    put.error,
  );
  const shown = problems.length > 0 ? problems : refused;
  const submit = async (): Promise<void> => {
    setDone(undefined);
    const missing =
      typed.number.trim() === '' ? [{ field: 'document-number', message: t('insurance.errorNumber') }] : [];
    setProblems(missing);
    put.reset();
    if (missing.length > 0 || !(await put.run({ body: { document: typed } }))) return;
    setTyped(NO_DOCUMENT);
    setDone('kept');
    refetch();
    if (back) await navigate(back, { replace: true });
  };
  const takeBack = async (): Promise<void> => {
    setDone(undefined);
    if (!(await remove.run({ body: {} }))) return;
    setDone('gone');
    refetch();
  };
  const { document, at = '', byOrganiser } = insured;
  return (
    <>
      <div role="status">{done && <Good>{t(`insurance.${done}`)}</Good>}</div>
      {document && <Kept document={document} at={at} byOrganiser={byOrganiser ?? false} />}
      <Question problems={shown} submit={() => void submit()}>
        {document && <h2>{t('insurance.another')}</h2>}
        <DocumentFields
          value={typed}
          set={setTyped}
          labels={{ type: t('insurance.type'), number: t('insurance.number') }}
          hint={t('insurance.hint')}
          error={shown[0]?.message}
        />
        {put.error && refused.length === 0 && <ActionError error={put.error} />}
        <Button type="submit" loading={put.busy}>
          {t('insurance.save')}
        </Button>
        <Progress act={put} />
      </Question>
      {document && (
        <section className="stack" aria-labelledby="take-back">
          <h2 id="take-back">{t('insurance.removeTitle')}</h2>
          <p>{t('insurance.removeLead')}</p>
          {remove.error && <ActionError error={remove.error} />}
          <Confirmed
            label={t('insurance.remove')}
            yes={t('insurance.removeYes')}
            busy={remove.busy}
            confirm={() => void takeBack()}
          />
        </section>
      )}
    </>
  );
}

function Kept({
  document,
  at,
  byOrganiser,
}: {
  readonly document: NonNullable<Insured['document']>;
  readonly at: string;
  readonly byOrganiser: boolean;
}) {
  const { t } = useTranslation('mine');
  const language = useLanguage();
  return (
    <p className="card">
      <b>{t('insurance.known', { type: DOCUMENT_NAMES[document.type][language], digits: document.lastFour })}</b>
      <br />
      <span className="muted">
        {t(byOrganiser ? 'insurance.byOrganiser' : 'insurance.byYou', { date: fullDate(at.slice(0, 10), language) })}
      </span>
    </p>
  );
}
