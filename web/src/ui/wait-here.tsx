import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ApiError } from '../api/error.ts';
import { useAct } from '../api/hooks.ts';
import { ActionError, Progress } from './states.tsx';

/** What can be done where a time is full: wait for it, or for any time that day; where a shift is, wait for that shift. */
export function WaitHere({
  slotId,
  shift = false,
  children,
}: {
  readonly slotId: string;
  readonly shift?: boolean;
  /** What helps where it is refused. */
  readonly children?: (error: ApiError) => ReactNode;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useAct('POST /api/waiting', `wait:${slotId}`);
  const wait = async (anyTime: boolean): Promise<void> => {
    if (await act.run({ body: { slotId, anyTime } })) await navigate('/waiting');
  };
  return (
    <section className="card stack" aria-labelledby="wait-here">
      <h2 id="wait-here">{t('wait.here.title')}</h2>
      <p>{t('wait.here.text')}</p>
      {act.error && <ActionError error={act.error}>{children?.(act.error)}</ActionError>}
      <div className="row">
        <Button onClick={() => void wait(false)} loading={act.busy}>
          {t(shift ? 'wait.here.thisShift' : 'wait.here.thisTime')}
        </Button>
        {!shift && (
          <Button variant="default" onClick={() => void wait(true)} disabled={act.busy}>
            {t('wait.here.anyTime')}
          </Button>
        )}
      </div>
      <Progress act={act} />
    </section>
  );
}
