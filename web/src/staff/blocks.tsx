import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment, span } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

type Block = CallOutput<'GET /api/blocks'>['items'][number];

const POLL_MS = 30_000;

export function BlocksPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('blocks.title')}>
      {() => <Blocks />}
    </Work>
  );
}

function Blocks() {
  const { t } = useTranslation('work');
  const { siteId, date } = useDesk();
  const blocks = useApi('GET /api/blocks', { query: { siteId } }, { every: POLL_MS });
  return (
    <Page title={t('blocks.title')} lead={t('blocks.lead')} eyebrow={t('staff.title')} back={`/staff/${siteId}`} wide>
      <DeskTabs siteId={siteId} date={date} />
      <div className="day-tools">
        <Button component={Link} to={`/staff/${siteId}/blocks/new`}>
          {t('blocks.new')}
        </Button>
      </div>
      {blocks.error && !blocks.data ? (
        <LoadError error={blocks.error} retry={() => void blocks.refetch()} />
      ) : !blocks.data ? (
        <Loading lines={4} />
      ) : blocks.data.items.length === 0 ? (
        <Empty title={t('blocks.empty')} />
      ) : (
        blocks.data.items.map((block) => <OneBlock key={block.blockId} block={block} />)
      )}
    </Page>
  );
}

function OneBlock({ block }: { readonly block: Block }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { unit, zone, times, blockId } = block;
  const sum = (of: 'reserved' | 'booked'): number => times.reduce((all, time) => all + time[of], 0);
  const when = (at: string): string => moment(at, zone, language);
  return (
    <section className="card stack" aria-labelledby={blockId}>
      <h2 id={blockId} className="card-title">
        {unit}{' '}
        <span className={block.ended ? 'status status-cancelled' : 'status status-booked'}>
          {block.ended ? t('blocks.ended') : t('blocks.open', { when: when(block.until) })}
        </span>
      </h2>
      <p>
        <span className="places-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, (100 * sum('booked')) / Math.max(1, sum('reserved')))}%` }} />
        </span>{' '}
        {t('blocks.booked', { booked: sum('booked'), reserved: sum('reserved') })}
      </p>
      <ul className="plain small">
        {times.map(({ startsAt, endsAt, procedure, booked, reserved }) => (
          <li key={startsAt + procedure}>
            {span(startsAt, endsAt, zone, language)} · {t(`pages:procedure.${procedure}`)} ·{' '}
            <span className="nowrap">{t('blocks.booked', { booked, reserved })}</span>
          </li>
        ))}
      </ul>
      {!block.ended && (
        <dl className="block-links">
          <dt>{t('blocks.code')}</dt>
          <dd>
            <b className="mono">{block.code}</b>
          </dd>
          <Copied name={t('blocks.inviteLink')} path={`/i/${block.code}`} />
          <Copied name={t('blocks.countLink')} path={`/u/${block.headcountCode}`} />
        </dl>
      )}
      <p className="small muted">
        {t('blocks.madeBy', { by: block.by || t('staff.somebody'), when: when(block.createdAt) })}
      </p>
      {!block.ended && <Release block={block} />}
    </section>
  );
}

function Copied({ name, path }: { readonly name: string; readonly path: string }) {
  const { t } = useTranslation('work');
  const url = `${window.location.origin}${path}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      toast(t('blocks.copied'));
    } catch {
      // Refused by the browser: the address stands there to be marked.
    }
  };
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className="mono small">{url}</span>{' '}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void copy()}
          aria-label={t('blocks.copyFor', { what: name })}
        >
          {t('blocks.copy')}
        </Button>
      </dd>
    </>
  );
}

function Release({ block: { blockId, siteId, version, unit } }: { readonly block: Block }) {
  const { t } = useTranslation('work');
  const [asked, setAsked] = useState(false);
  const act = useAct('POST /api/blocks/{blockId}/release', `release:${blockId}`);
  const send = async (): Promise<void> => {
    const done = await act.run({ params: { blockId }, body: { siteId, version } });
    if (done) toast(t('blocks.released'));
  };
  if (!asked) {
    return (
      <div>
        <Button
          size="sm"
          variant="default"
          onClick={() => setAsked(true)}
          aria-label={t('blocks.releaseFor', { unit })}
        >
          {t('blocks.release')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p>{t('blocks.sure')}</p>
      {act.error && <ActionError error={act.error} />}
      <div className="board-acts">
        <Button color="ember" loading={act.busy} onClick={() => void send()}>
          {t('blocks.yes')}
        </Button>
        <Button variant="default" disabled={act.busy} onClick={() => setAsked(false)}>
          {t('blocks.no')}
        </Button>
      </div>
      <Progress act={act} />
    </>
  );
}
