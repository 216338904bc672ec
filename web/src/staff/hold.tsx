import { Button, Checkbox } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { Chain } from '../api/types.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { useChainBack } from './chain.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';

/** Puts a donation on hold, for a donor who calls, or lifts the hold: whichever of the two there is to do. */
export function HoldPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('holds.link')}>
      {() => <One />}
    </Work>
  );
}

function One() {
  const { t } = useTranslation('work');
  const { din = '' } = useParams();
  const { query } = useChainBack();
  const chain = useApi('GET /api/units/{din}', { params: { din } });
  const back = `/staff/units/${encodeURIComponent(din)}${query}`;
  return (
    <Page title={chain.data ? t('holds.pageTitle', { din: chain.data.dinPrinted }) : t('holds.link')} back={back}>
      {chain.error ? (
        <LoadError error={chain.error} retry={() => void chain.refetch()} />
      ) : !chain.data ? (
        <Loading />
      ) : chain.data.held ? (
        <Lift chain={chain.data} back={back} />
      ) : (
        <Hold chain={chain.data} back={back} />
      )}
    </Page>
  );
}

type Props = { readonly chain: Chain; readonly back: string };

function Hold({ chain, back }: Props) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const input = { body: { din: chain.din } };
  const act = useAct('POST /api/holds', `hold:${chain.din}`, { input });
  const hold = async (): Promise<void> => {
    if (!(await act.run(input))) return;
    toast(t('holds.heldDone', { din: chain.dinPrinted }));
    await navigate(back, { replace: true });
  };
  return (
    <>
      <h2>{t('holds.holdTitle')}</h2>
      <p>{t('holds.holdText')}</p>
      {act.error && <ActionError error={act.error} />}
      <Button color="ember" loading={act.busy} onClick={() => void hold()}>
        {t('holds.hold')}
      </Button>
      <Progress act={act} />
    </>
  );
}

function Lift({ chain, back }: Props) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/holds/{din}/lift', `lift:${chain.din}`);
  const lift = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblems(sure ? [] : [{ field: 'sure', message: t('holds.liftNeeded') }]);
    if (!sure || !(await act.run({ params: { din: chain.din }, body: {} }))) return;
    toast(t('holds.liftedDone', { din: chain.dinPrinted }));
    await navigate(back, { replace: true });
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void lift(event)}>
      <ErrorSummary problems={problems} />
      <h2>{t('holds.liftTitle')}</h2>
      <p>{t('holds.liftText')}</p>
      <Checkbox
        id="sure"
        className="choice"
        label={t('holds.liftSure')}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
        error={problems[0]?.message}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" color="ember" loading={act.busy}>
        {t('holds.lift')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
