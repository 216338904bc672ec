import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CONSENT_WORDING } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { SignedIn, SignInButton } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, LinkButton, LoadError, Loading, Progress } from '../ui/states.tsx';
import { pastOf } from './draft.ts';
import { asSent } from './overview.tsx';
import { useWay } from './parts.tsx';
import { PURPOSE } from './purpose.ts';
import { usePrecheck } from './use-precheck.ts';

/** Asked when there is something to keep, and not before. Refusing leads back to the result. */
export function KeepPage() {
  const { t } = useTranslation('precheck');
  const session = useSession();
  const way = useWay();
  if (session) return <SignedIn title={t('keep.title')}>{(me) => <Keep me={me} />}</SignedIn>;
  return (
    <Page title={t('keep.title')} lead={t('keep.ask')} back={way('/result')}>
      <Points />
      <p>{t('keep.signInText')}</p>
      <SignInButton returnTo={way('/keep')}>{t('keep.signIn')}</SignInButton>
      <LinkButton to={way('/result')} variant="subtle">
        {t('keep.refuse')}
      </LinkButton>
    </Page>
  );
}

function Points() {
  const { t } = useTranslation('precheck');
  return (
    <ul className="points">
      {t('keep.points', { returnObjects: true }).map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

function Keep({ me }: { readonly me: Person }) {
  const { t } = useTranslation('precheck');
  const way = useWay();
  const navigate = useNavigate();
  const precheck = usePrecheck();
  const { answers, draft, version, siteId, pack } = precheck;
  const consents = useApi('GET /api/precheck/consents', {});
  const consent = consents.data?.items.find(({ purpose }) => purpose === PURPOSE);
  const agreed = consent?.given === true && consent.wording === consent.currentWording;
  const agree = useAct('PUT /api/precheck/consents/{purpose}', 'precheck:agree');
  const save = useAct('PUT /api/precheck/answers', 'precheck:save');
  const profile = useAct('PATCH /api/me', 'precheck:profile');
  const declare = useAct('POST /api/precheck/elsewhere', 'precheck:past');
  const [busy, setBusy] = useState(false);
  const acts = [agree, save, profile, declare];

  /** Each step is safe to repeat; what was told stays in the tab until the last of them is done. */
  const keep = async (): Promise<boolean> => {
    if (!agreed) {
      const body = { given: true, wording: CONSENT_WORDING[PURPOSE], version: consent?.version ?? 0 };
      if (!(await agree.run({ params: { purpose: PURPOSE }, body }))) return false;
    }
    const saved = await save.run({ body: { version, answers: asSent(answers), ...(siteId && { siteId }) } });
    if (!saved) return false;
    const missing = {
      ...(!me.birthDate && draft.birthDate && { birthDate: draft.birthDate }),
      ...(!me.sex && draft.sex && { sex: draft.sex }),
      ...(me.weightKg === undefined && draft.weightKg !== undefined && { weightKg: draft.weightKg }),
    };
    if (Object.keys(missing).length > 0 && !(await profile.run({ body: { version: me.version, ...missing } }))) {
      return false;
    }
    const known = [...saved.facts.donations, ...(saved.facts.elsewhere ?? [])].map(({ date }) => date);
    for (const { date, procedure, volumeMl, platelets } of pastOf(draft, pack)) {
      if (known.includes(date)) continue;
      const body = { date, procedure, volumeMl, ...(platelets && { platelets }) };
      if (!(await declare.run({ body }))) return false;
    }
    return true;
  };
  const press = async (): Promise<void> => {
    setBusy(true);
    const done = await keep();
    setBusy(false);
    if (!done) return;
    precheck.clear();
    await navigate(way('/result', { done: 'kept' }), { replace: true });
  };
  const error: ApiError | undefined = acts.map((act) => act.error).find((it) => it !== undefined);
  const trying = acts.find((act) => act.attempt !== undefined) ?? save;
  return (
    <Page title={t('keep.title')} lead={t('keep.ask')} back={way('/result')}>
      {consents.error ? (
        <LoadError error={consents.error} retry={() => void consents.refetch()} />
      ) : !consents.data ? (
        <Loading />
      ) : (
        <>
          <Points />
          <p className="small muted">{t('keep.released')}</p>
          {error && !busy && <ActionError error={error} />}
          <Button size="lg" onClick={() => void press()} loading={busy}>
            {agreed ? t('keep.update') : t('keep.agree')}
          </Button>
          <Progress act={trying} />
          <LinkButton to={way('/result')} variant="subtle">
            {t('keep.refuse')}
          </LinkButton>
        </>
      )}
    </Page>
  );
}
