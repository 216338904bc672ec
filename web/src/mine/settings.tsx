import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { LANGUAGES } from '../../../shared/domain/vocabulary.ts';
import { useAct, useMe } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { changeLanguage } from '../i18n/index.ts';
import { largeType, useLargeType } from '../lib/large-type.ts';
import { ArrowIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { SignOutButton } from '../ui/sign-out-button.tsx';
import { ActionError, Good, Loading, useLanguage } from '../ui/states.tsx';

/** How the pages are, for anybody; and, signed in, the ways to what else is mine to decide. Each choice holds at once. */
export function SettingsPage() {
  const { t } = useTranslation('mine');
  const mine = useMe();
  const me = mine.data;
  const [search] = useSearchParams();
  const language = useLanguage();
  const large = useLargeType();
  const act = useAct('PATCH /api/me', 'settings');
  const keep = async (change: Partial<Pick<Person, 'language' | 'largeType'>>): Promise<void> => {
    if (me) await act.run({ body: { version: me.version, ...change } });
  };
  // What was chosen elsewhere is on its way, and would take the place of what is chosen here meanwhile.
  if (mine.isLoading) {
    return (
      <Page title={t('settings.title')} back="/me">
        <Loading />
      </Page>
    );
  }
  return (
    <Page title={t('settings.title')} back="/me">
      {search.get('done') === 'protected' && <Good>{t('protect.done')}</Good>}
      {act.error && <ActionError error={act.error} />}
      <Options
        name="type"
        legend={t('settings.type')}
        note={t('settings.typeNote')}
        value={large ? 'large' : 'normal'}
        options={[
          { value: 'normal', label: t('settings.typeNormal') },
          { value: 'large', label: t('settings.typeLarge') },
        ]}
        choose={(value) => {
          largeType.set(value === 'large');
          void keep({ largeType: value === 'large' });
        }}
      />
      <Options
        name="language"
        legend={t('settings.language')}
        note={t('settings.languageNote')}
        value={language}
        options={LANGUAGES.map((each) => ({ value: each, label: each === 'zh' ? '中文' : 'English' }))}
        choose={(value) => {
          const chosen = value === 'en' ? 'en' : 'zh';
          void changeLanguage(chosen).then(() => keep({ language: chosen }));
        }}
      />
      {me && (
        <>
          <ul className="menu">
            <Way
              to="/mine/second-fact"
              note={me.secondFact ? t('settings.secondFactSet') : t('settings.secondFactNone')}
            >
              {t('settings.secondFact')}
            </Way>
            {me.roles.length > 0 && <Way to="/staff/factor">{t('settings.factor')}</Way>}
            <Way to="/profile">{t('settings.profile')}</Way>
            <Way to="/profile/edit/messages">{t('settings.texts')}</Way>
            <Way to="/mine/insurance">{t('insurance.title')}</Way>
            <Way to="/mine/data">{t('settings.data')}</Way>
          </ul>
          <p className="small muted">{t('settings.signOutNote')}</p>
          <SignOutButton me={me} />
        </>
      )}
    </Page>
  );
}

function Way({ to, note, children }: { readonly to: string; readonly note?: string; readonly children: string }) {
  return (
    <li>
      <Link to={to}>
        <span>
          {children}
          {note && <span className="small muted menu-note">{note}</span>}
        </span>
        <ArrowIcon size={18} />
      </Link>
    </li>
  );
}

function Options({
  name,
  legend,
  note,
  value,
  options,
  choose,
}: {
  readonly name: string;
  readonly legend: string;
  readonly note: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => void;
}) {
  return (
    <fieldset className="choices">
      <legend className="choices-legend">{legend}</legend>
      {options.map((option) => (
        <Radio
          key={option.value}
          id={`${name}-${option.value}`}
          className="choice"
          name={name}
          value={option.value}
          label={option.label}
          checked={value === option.value}
          onChange={() => choose(option.value)}
        />
      ))}
      <p className="small muted">{note}</p>
    </fieldset>
  );
}
