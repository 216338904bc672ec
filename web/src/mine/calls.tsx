import { Button, Checkbox, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { AGAIN_WISHES } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { Person, Site } from '../api/types.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, Good, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';

/** Whether, for what and by which sites somebody agrees to be called when blood is short. Nobody is who has not said so. */
export function CallsPage() {
  const { t } = useTranslation('mine');
  return <SignedIn title={t('calls.title')}>{(me) => <Loaded me={me} />}</SignedIn>;
}

function Loaded({ me }: { readonly me: Person }) {
  const { t } = useTranslation('mine');
  const [search] = useSearchParams();
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const given = useApi('GET /api/me/donations', {}, { staleTime: 60_000 });
  const error = sites.error ?? given.error;
  return (
    <Page title={t('calls.title')} lead={t('calls.lead')} back="/messages/settings">
      {search.get('done') === 'saved' && <Good>{t('calls.saved')}</Good>}
      {error ? (
        <LoadError
          error={error}
          retry={() => {
            void sites.refetch();
            void given.refetch();
          }}
        />
      ) : !sites.data || !given.data ? (
        <Loading />
      ) : (
        <Form
          key={me.version}
          me={me}
          sites={sites.data.items}
          been={new Set(given.data.items.flatMap(({ siteId }) => siteId ?? []))}
        />
      )}
    </Page>
  );
}

function Form({
  me,
  sites,
  been,
}: {
  readonly me: Person;
  readonly sites: readonly Site[];
  /** Sites where they gave: those to begin with. */
  readonly been: ReadonlySet<string>;
}) {
  const { t } = useTranslation('mine');
  const language = useLanguage();
  const navigate = useNavigate();
  const [wish, setWish] = useState(me.callWish);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    me.callSites.length > 0 ? me.callSites : sites.filter(({ siteId }) => been.has(siteId)).map(({ siteId }) => siteId),
  );
  const [tried, setTried] = useState(false);
  const act = useAct('PATCH /api/me', 'calls');
  const incomplete = me.birthDate === undefined || me.sex === undefined || me.weightKg === undefined;
  const missing = wish !== 'no' && chosen.length === 0;
  const first = sites[0]?.siteId ?? '';
  const problems = tried && missing ? [{ field: `site-${first}`, message: t('calls.error') }] : [];
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    const callSites = wish === 'no' ? [] : [...chosen];
    if (await act.run({ body: { version: me.version, callWish: wish, callSites } })) {
      await navigate('/mine/calls?done=saved', { replace: true });
    }
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void save(event)}>
      <ErrorSummary problems={problems} />
      <p>{t('calls.how')}</p>
      <fieldset className="choices">
        <legend className="legend">{t('calls.wish')}</legend>
        {AGAIN_WISHES.map((each) => (
          <Radio
            key={each}
            id={`wish-${each}`}
            className="choice"
            name="wish"
            value={each}
            label={t(`calls.${each}`)}
            checked={wish === each}
            onChange={() => setWish(each)}
          />
        ))}
      </fieldset>
      {wish !== 'no' && (
        <>
          <fieldset className="choices">
            <legend className="legend">{t('calls.sites')}</legend>
            <p className="muted">{t('calls.sitesHint')}</p>
            {problems.length > 0 && <p className="bad small">{t('calls.error')}</p>}
            {sites.map(({ siteId, name, district }) => (
              <Checkbox
                key={siteId}
                id={`site-${siteId}`}
                className="choice choice-hint"
                label={name[language]}
                description={district[language]}
                checked={chosen.includes(siteId)}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked ? [...chosen, siteId] : chosen.filter((each) => each !== siteId),
                  )
                }
              />
            ))}
          </fieldset>
          {incomplete && (
            <p className="notice notice-warn">
              {t('calls.incomplete')} <Link to="/profile">{t('calls.profile')}</Link>
            </p>
          )}
        </>
      )}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('calls.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
