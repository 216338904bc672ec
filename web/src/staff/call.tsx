import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { nearMoment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { moneyOf } from './call-values.ts';
import { CallWhat, CallWhen } from './calls.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

type One = CallOutput<'GET /api/calls/{callId}'>;

/** How a call for donors stands, and its end. */
export function CallPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('calls.one.title')}>
      {() => <OneCall />}
    </Work>
  );
}

const POLL_MS = 10_000;

function OneCall() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { callId = '' } = useParams();
  const { siteId, today } = useDesk();
  const one = useApi('GET /api/calls/{callId}', { params: { callId }, query: { siteId } }, { every: POLL_MS });
  const call = one.data;
  const at = (instant: string): string => (call ? nearMoment(instant, call.zone, today, language) : '');
  return (
    <Page title={t('calls.one.title')} back={`/staff/${siteId}/calls`} wide>
      {one.error && !call ? (
        <LoadError error={one.error} retry={() => void one.refetch()} />
      ) : !call ? (
        <Loading lines={4} />
      ) : (
        <>
          <p className="counts">
            <CallWhen call={call} /> · <CallWhat call={call} />{' '}
            <span className={call.status === 'running' ? 'status status-booked' : 'status status-cancelled'}>
              {t(`calls.status.${call.status}`)}
            </span>
          </p>
          <p className="muted">
            {t('calls.one.began', { when: at(call.createdAt) })}
            {call.endedAt && ` · ${t('calls.one.ended', { when: at(call.endedAt) })}`}
            {call.status === 'running' &&
              ` · ${call.nextAt > new Date().toISOString() ? t('calls.one.next', { when: at(call.nextAt) }) : t('calls.one.now')}`}
          </p>
          <Progressed call={call} />
          <p className="small muted">{t('calls.one.noNames')}</p>
          <p>
            <Link to={`/staff/${siteId}?date=${call.from}`}>{t('calls.one.toDay')}</Link>
          </p>
          {call.status === 'running' && <Stop call={call} />}
        </>
      )}
    </Page>
  );
}

function Progressed({ call }: { readonly call: One }) {
  const { t } = useTranslation('work');
  const { asked, booked, given, free, freeAtStart, texts, segments, cents } = call;
  const tiles = [
    { name: 'asked', value: t('calls.one.people', { count: asked }), part: asked === 0 ? 0 : 1 },
    { name: 'booked', value: t('calls.one.people', { count: booked }), part: asked === 0 ? 0 : booked / asked },
    { name: 'given', value: t('calls.one.people', { count: given }), part: asked === 0 ? 0 : given / asked },
    {
      name: 'free',
      value: t('calls.one.places', { count: free }),
      note: t('calls.one.placesOf', { start: freeAtStart }),
      part: freeAtStart === 0 ? 0 : Math.min(1, free / freeAtStart),
    },
    {
      name: 'cost',
      value:
        cents === undefined
          ? t('calls.one.segments', { segments })
          : t('calls.one.money', { money: moneyOf(cents), segments }),
    },
    {
      name: 'texts',
      value: t('calls.one.textsValue', { sent: texts.sent, waiting: texts.waiting, notSent: texts.notSent }),
    },
  ] as const;
  return (
    <dl className="tiles" aria-live="polite">
      {tiles.map((tile) => (
        <div key={tile.name} className="tile">
          <dt>{t(`calls.one.${tile.name}`)}</dt>
          <dd>
            <b className={'part' in tile ? undefined : 'tile-words'}>{tile.value}</b>
            {'note' in tile && <span className="small muted">{tile.note}</span>}
            {'part' in tile && (
              <span className="places-bar" aria-hidden="true">
                <span style={{ width: `${tile.part * 100}%` }} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Stop({ call }: { readonly call: One }) {
  const { t } = useTranslation('work');
  const [sure, setSure] = useState(false);
  const { callId, siteId } = call;
  const act = useAct('POST /api/calls/{callId}/stop', `stop:${callId}`);
  const stop = async (): Promise<void> => {
    if (await act.run({ params: { callId }, body: { siteId } })) toast(t('calls.one.stopped'));
  };
  return (
    <section className="stack">
      <p>{t('calls.one.stopLead')}</p>
      {act.error && <ActionError error={act.error} />}
      <div className="row-wrap">
        {sure ? (
          <>
            <Button loading={act.busy} onClick={() => void stop()}>
              {t('calls.one.stopYes')}
            </Button>
            <Button variant="default" onClick={() => setSure(false)}>
              {t('calls.one.stopNo')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setSure(true)}>
            {t('calls.one.stop')}
          </Button>
        )}
      </div>
      <Progress act={act} />
    </section>
  );
}
