import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { Chain, Unit } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

export function ChainPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('units.title')}>
      {() => <WholeChain />}
    </Work>
  );
}

/** Where a chain's page was opened from: the desk of its site. */
export function useChainBack(): { query: string; back: string } {
  const { search } = useLocation();
  const [query] = useSearchParams();
  const site = query.get('site');
  const date = query.get('date');
  return { query: search, back: site ? `/staff/${site}/units${date ? `?date=${date}` : ''}` : '/staff' };
}

function WholeChain() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { din = '' } = useParams();
  const { back, query } = useChainBack();
  const chain = useApi('GET /api/units/{din}', { params: { din } }, { every: POLL_MS });
  const data = chain.data;
  return (
    <Page
      title={data ? t('units.chainTitle', { din: data.dinPrinted }) : t('units.title')}
      back={back}
      wide
      {...(data && {
        lead: t('units.facts', {
          procedure: t(`pages:procedure.${data.procedure}`),
          volume: data.volumeMl,
          date: fullDate(data.date, language),
        }),
      })}
    >
      {chain.error && !data ? (
        <LoadError error={chain.error} retry={() => void chain.refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className="chain">
          <section aria-labelledby="tree">
            {data.held && (
              <div className="notice notice-warn">
                <WarnIcon />
                <p>
                  <b>{t('holds.held')}</b> {t('holds.heldText')}
                </p>
              </div>
            )}
            {data.recall && (
              <div className="notice notice-warn">
                <WarnIcon />
                <p>
                  <b>{t('recall.recalled')}</b> {t('recall.recalledText')}{' '}
                  {data.recall.siteId === data.siteId && (
                    <Link to={`/staff/${data.siteId}/recalls/${data.recall.recallId}`}>{t('recall.see')}</Link>
                  )}
                </p>
              </div>
            )}
            {data.withdrawn && (
              <div className="notice notice-warn">
                <WarnIcon />
                <p>{t('correct.withdrawn')}</p>
              </div>
            )}
            {data.corrections.length > 0 && <Corrections chain={data} />}
            {data.master === 'other' && (
              <div className="notice notice-warn">
                <WarnIcon />
                <p>{t('units.mirrored', { system: data.system ?? '' })}</p>
              </div>
            )}
            <p className="small chain-links">
              <Link to={`/staff/units/${encodeURIComponent(data.din)}/lookback${query}`}>{t('lookback.link')}</Link>
              <Link to={`/staff/units/${encodeURIComponent(data.din)}/hold${query}`}>{t('holds.link')}</Link>
              {!data.withdrawn && (
                <Link to={`/staff/units/${encodeURIComponent(data.din)}/correct${query}`}>{t('correct.link')}</Link>
              )}
              <Link to={`/staff/units/${encodeURIComponent(data.din)}/results${query}`}>
                {t('laboratory.one.link')}
              </Link>
              {!data.recall && (
                <Link to={`/staff/units/${encodeURIComponent(data.din)}/recall${query}`}>{t('recall.link')}</Link>
              )}
            </p>
            <h2 id="tree">{t('units.tree')}</h2>
            <ul className="tree">
              {data.units
                .filter(({ parentId }) => parentId === undefined)
                .map((unit) => (
                  <Branch key={unit.unitId} unit={unit} chain={data} />
                ))}
            </ul>
          </section>
          <Steps chain={data} />
        </div>
      )}
    </Page>
  );
}

function Branch({ unit, chain }: { readonly unit: Unit; readonly chain: Chain }) {
  const children = chain.units.filter(({ parentId }) => parentId === unit.unitId);
  return (
    <li>
      <UnitCard unit={unit} chain={chain} />
      {children.length > 0 && (
        <ul className="tree">
          {children.map((child) => (
            <Branch key={child.unitId} unit={child} chain={chain} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The way of a unit to a patient; a processed one goes on as its components. */
const WAY = ['collected', 'tested', 'released', 'stored', 'issued', 'used'] as const;
/** What is done by a press alone; everything else asks something first. Where a bag lies is said of many at once, or later. */
const PLAIN = new Set(['test', 'release', 'store']);

function UnitCard({ unit, chain }: { readonly unit: Unit; readonly chain: Chain }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { query } = useChainBack();
  const act = useAct('POST /api/units/{din}/{unitId}/steps', `step:${chain.din}:${unit.unitId}`);
  const reached = (WAY as readonly string[]).indexOf(unit.stage);
  const component = t(`component.${unit.component}`);
  const step = async (action: Unit['actions'][number]): Promise<void> => {
    const done = await act.run({
      params: { din: chain.din, unitId: unit.unitId },
      body: { action, version: unit.version },
    });
    if (done) toast(t('units.did', { action: t(`action.${action}`) }));
  };
  return (
    <article className={`unit unit-${unit.stage}`} aria-label={`${component} ${unit.unitId}`}>
      <header>
        <h3>
          {component} <span className="mono muted">{unit.unitId}</span>
        </h3>
        <span className={`stage stage-${unit.stage}`}>{t(`stage.${unit.stage}`)}</span>
      </header>
      {reached >= 0 && (
        <ol className="way" aria-hidden="true">
          {WAY.map((stage, n) => (
            <li key={stage} className={n < reached ? 'is-past' : n === reached ? 'is-here' : undefined}>
              <span>{n < reached ? <TickIcon size={12} /> : null}</span>
              {t(`stage.${stage}`)}
            </li>
          ))}
        </ol>
      )}
      {(unit.hospital || unit.location) && (
        <p>{[unit.hospital, unit.location && t('units.lies', { place: unit.location })].filter(Boolean).join(' · ')}</p>
      )}
      {unit.expiresOn && (
        <p className={unit.expired ? 'bad' : 'small muted'}>
          {unit.expired && <WarnIcon size={16} />}{' '}
          {t(unit.expired ? 'units.expired' : 'units.expires', { date: fullDate(unit.expiresOn, language) })}
          {unit.expiryFrom === 'setting' && ` · ${t('units.bySetting')}`}
        </p>
      )}
      {unit.actions.length > 0 && (
        <div className="unit-acts">
          {unit.actions.map((action, n) => {
            const label = t('units.doFor', { action: t(`action.${action}`), component, unit: unit.unitId });
            const look = {
              size: 'sm',
              variant: n === 0 ? 'filled' : 'default',
              color: 'pine',
              'aria-label': label,
            } as const;
            return PLAIN.has(action) ? (
              <Button key={action} {...look} loading={act.busy} onClick={() => void step(action)}>
                {t(`action.${action}`)}
              </Button>
            ) : (
              <Button
                key={action}
                {...look}
                component={Link}
                to={`/staff/units/${encodeURIComponent(chain.din)}/${unit.unitId}/${action}${query}`}
              >
                {t(`action.${action}`)}
              </Button>
            );
          })}
        </div>
      )}
      {unit.notes.length > 0 && (
        <p className="small chain-links">
          {unit.notes.map((note) => (
            <Link
              key={note}
              to={`/staff/units/${encodeURIComponent(chain.din)}/${unit.unitId}/${note}${query}`}
              aria-label={t('units.doFor', { action: t(`action.${note}`), component, unit: unit.unitId })}
            >
              {t(`action.${note}`)}
            </Link>
          ))}
        </p>
      )}
      {act.error && <ActionError error={act.error} />}
    </article>
  );
}

/** What was said before, what is said now, and why. */
function Corrections({ chain }: { readonly chain: Chain }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { query } = useChainBack();
  const zone = useApi('GET /api/sites/{siteId}', { params: { siteId: chain.siteId } }, { staleTime: 60_000 }).data
    ?.zone;
  type Facts = Chain['corrections'][number]['was'];
  const said = ({ procedure, volumeMl, platelets }: Facts): string =>
    [
      t(`pages:procedure.${procedure}`),
      t('pages:common.ml', { ml: volumeMl }),
      ...(platelets ? [t('complete.unit', { n: platelets })] : []),
    ].join(' ');
  return (
    <section aria-labelledby="corrections">
      <h2 id="corrections">{t('correct.list')}</h2>
      <ul className="places-list">
        {chain.corrections.map(({ at, by, byName, reason, was, now, reaction }) => (
          <li key={at + by}>
            {reaction && <b>{t('reaction.corrected')}</b>}
            <s hidden={reaction}>
              {said(was)} {was.din !== chain.din && <span className="mono">{was.din}</span>}
            </s>
            <b hidden={reaction}>
              {now ? said(now) : t('correct.kinds.not-given')}{' '}
              {now && now.din !== chain.din && (
                <Link className="mono" to={`/staff/units/${encodeURIComponent(now.din)}${query}`}>
                  {now.din}
                </Link>
              )}
            </b>
            <span className="small muted">
              {reason} · {moment(at, zone ?? 'UTC', language)} · {t('units.by', { by: byName ?? t('staff.somebody') })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ chain }: { readonly chain: Chain }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const zone = useApi('GET /api/sites/{siteId}', { params: { siteId: chain.siteId } }, { staleTime: 60_000 }).data
    ?.zone;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('units.steps')}</h2>
      <ol className="timeline steps">
        {[...chain.steps]
          .sort((a, b) => (a.at < b.at ? 1 : -1))
          .map((step) => (
            <li key={`${step.unitId} ${step.at} ${step.action}`} className={step.to === 'used' ? 'is-used' : undefined}>
              <div>
                <b>
                  {t(`action.${step.action}`)}
                  {step.from ? ` · ${t(`stage.${step.from}`)} → ${t(`stage.${step.to}`)}` : ''}
                </b>
                <span>
                  {moment(step.at, zone ?? 'UTC', language)} · <span className="mono">{step.unitId}</span>
                </span>
                {(step.hospital || step.hospitalRecord) && (
                  <span>
                    {[step.hospital, step.hospitalRecord && t('units.record', { record: step.hospitalRecord })]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                )}
                {(step.location || step.expiresOn) && (
                  <span>
                    {[
                      step.location && t('units.lies', { place: step.location }),
                      step.expiresOn && t('units.expires', { date: fullDate(step.expiresOn, language) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                )}
                {step.recall && <span>{t('recall.byRecall')}</span>}
                {step.source && <span>{t('units.source', { source: step.source })}</span>}
                {step.note && <span>{step.note}</span>}
                <span className="small muted">
                  {step.by === 'station'
                    ? t('staff.noPerson')
                    : t('units.by', { by: step.byName ?? t('staff.somebody') })}
                </span>
              </div>
            </li>
          ))}
      </ol>
    </section>
  );
}
