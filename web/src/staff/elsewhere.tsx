import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

type Declared = CallOutput<'GET /api/donations/elsewhere'>['items'][number];

/** What somebody at the desk declared to have given elsewhere, to be held against the certificate they brought. */
export function ElsewherePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('elsewhere.title')}>
      {() => <List />}
    </Work>
  );
}

function List() {
  const { t } = useTranslation('work');
  const { bookingId = '' } = useParams();
  const { siteId, site, date } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const entry = roster.items.find((each) => each.bookingId === bookingId);
  const declared = useApi('GET /api/donations/elsewhere', { query: { bookingId } });
  return (
    <Page
      title={t('elsewhere.title')}
      lead={entry ? t('elsewhere.leadOf', { name: entry.name, digits: entry.phoneLast4 }) : t('elsewhere.lead')}
      back={`/staff/${siteId}?date=${date}`}
    >
      {declared.error ? (
        <LoadError error={declared.error} retry={() => void declared.refetch()} />
      ) : !declared.data || !site.data ? (
        <Loading />
      ) : declared.data.items.length === 0 ? (
        <Empty title={t('elsewhere.none')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('elsewhere.title')}</caption>
          <thead>
            <tr>
              {(['what', 'verified', 'act'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`elsewhere.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {declared.data.items.map((it) => (
              <Row
                key={it.declaredId}
                it={it}
                bookingId={bookingId}
                zone={site.data.zone}
                reload={() => void declared.refetch()}
              />
            ))}
          </tbody>
        </table>
      )}
      <p className="small muted">{t('elsewhere.note')}</p>
    </Page>
  );
}

function Row(props: {
  readonly it: Declared;
  readonly bookingId: string;
  readonly zone: string;
  readonly reload: () => void;
}) {
  const { it, bookingId, zone, reload } = props;
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const sentence = useSentence();
  const act = useAct(
    'POST /api/donations/elsewhere/{declaredId}/verification',
    `verify:${it.declaredId}:${it.version}`,
  );
  const what = t('elsewhere.line', {
    date: fullDate(it.date, language),
    what: t(`pages:procedure.${it.procedure}`),
    ml: it.volumeMl,
  });
  const say = async (verified: boolean): Promise<void> => {
    const done = await act.run({
      params: { declaredId: it.declaredId },
      body: { bookingId, version: it.version, verified },
    });
    if (done) toast(t(verified ? 'elsewhere.done' : 'elsewhere.undone'));
    // Also after a refusal: it may have been changed meanwhile, and what is shown must be what is verified.
    reload();
  };
  return (
    <tr>
      <th scope="row">
        {what}
        {it.place && <span className="small muted"> {it.place}</span>}
      </th>
      <td>
        {it.verifiedAt
          ? t('elsewhere.verifiedAt', { when: moment(it.verifiedAt, zone, language) })
          : t('elsewhere.notYet')}
      </td>
      <td>
        <div className="board-acts">
          {it.verifiedAt ? (
            <Button
              size="sm"
              variant="default"
              loading={act.busy}
              onClick={() => void say(false)}
              aria-label={t('elsewhere.undoFor', { what })}
            >
              {t('elsewhere.undo')}
            </Button>
          ) : (
            <Button
              size="sm"
              loading={act.busy}
              onClick={() => void say(true)}
              aria-label={t('elsewhere.verifyFor', { what })}
            >
              {t('elsewhere.verify')}
            </Button>
          )}
        </div>
        {act.error && (
          <p className="bad small" role="alert">
            {act.error.code === 'changed-meanwhile' ? t('elsewhere.stale') : sentence(act.error)}
          </p>
        )}
      </td>
    </tr>
  );
}
