import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { dialled } from '../../../shared/domain/phone.ts';
import { shownWeight } from '../../../shared/domain/units.ts';
import type { Person } from '../api/types.ts';
import { mutedGroups } from '../lib/muted.ts';
import { fullDate } from '../lib/time.ts';
import { useWeightUnit } from '../lib/weight-unit.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { SignOutButton } from '../ui/sign-out-button.tsx';
import { Answers, Good, useLanguage } from '../ui/states.tsx';

export function ProfilePage() {
  const { t } = useTranslation();
  return <SignedIn title={t('profile.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const off = mutedGroups(me);
  const unit = useWeightUnit();
  const none = <span className="muted">{t('common.unknown')}</span>;
  const weight =
    me.weightKg === undefined
      ? none
      : unit && t('profile.weighs', { weight: shownWeight(me.weightKg, unit), unit: t(`profile.unit.${unit}`) });
  const row = (term: string, value: React.ReactNode, field: string) => ({
    term,
    value,
    change: { to: `/profile/edit/${field}`, label: term },
  });
  return (
    <Page title={t('profile.title')} back="/me">
      {search.get('done') === 'saved' && <Good>{t('profile.saved')}</Good>}
      <Answers
        rows={[
          { term: t('profile.phone'), value: dialled(me.phone) },
          row(t('profile.name'), me.name ?? none, 'name'),
          row(t('profile.birthDate'), me.birthDate ? fullDate(me.birthDate, language) : none, 'birth-date'),
          row(t('profile.sex'), me.sex ? t(`profile.edit.sex.${me.sex}`) : none, 'sex'),
          row(t('profile.weight'), weight, 'weight'),
          row(
            t('profile.extendedAge'),
            me.wantsExtendedAge ? t('profile.extendedYes') : t('profile.extendedNo'),
            'extended-age',
          ),
          row(t('profile.language'), t(`profile.edit.language.${me.language}`), 'language'),
          {
            term: t('texts.settings.row'),
            value:
              off.length === 0
                ? t('texts.settings.rowAll')
                : t('texts.settings.rowSome', {
                    groups: off.map((group) => t(`texts.settings.${group}.label`)).join(t('texts.settings.joint')),
                  }),
            change: { to: '/messages/settings', label: t('texts.settings.row') },
          },
        ]}
      />
      <p className="small muted">{t('profile.released')}</p>
      <SignOutButton me={me} />
    </Page>
  );
}
