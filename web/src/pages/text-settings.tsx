import { Button, Checkbox, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { GROUP_OF, TEXT_GROUPS, type TextGroup } from '../../../shared/domain/text-groups.ts';
import { AGAIN_WISHES, MESSAGE_TEMPLATES } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { mutedGroups } from '../lib/muted.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Good, Progress } from '../ui/states.tsx';

/** Which texts a person gets, by kind; those that nobody can switch off, and why. */
export function TextSettingsPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('texts.settings.title')}>{(me) => <Settings me={me} />}</SignedIn>;
}

function Settings({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [off, setOff] = useState(() => mutedGroups(me));
  const [again, setAgain] = useState(me.tellAgain);
  const act = useAct('PATCH /api/me', 'texts');
  const save = async (): Promise<void> => {
    const mutedTemplates = MESSAGE_TEMPLATES.filter((template) => {
      const group = GROUP_OF[template];
      return group !== 'again' && group !== 'call' && off.includes(group);
    });
    const saved = await act.run({ body: { version: me.version, mutedTemplates, tellAgain: again } });
    if (saved) await navigate('/messages/settings?done=saved', { replace: true });
  };
  const toggle = (group: TextGroup, wanted: boolean): void =>
    setOff(wanted ? off.filter((each) => each !== group) : [...off, group]);
  return (
    <Page title={t('texts.settings.title')} lead={t('texts.settings.lead')} back="/messages">
      {search.get('done') === 'saved' && <Good>{t('texts.settings.saved')}</Good>}
      <form
        noValidate
        className="question"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save();
        }}
      >
        <fieldset className="choices">
          <legend className="legend">{t('texts.settings.legend')}</legend>
          {TEXT_GROUPS.map((group) => (
            <Checkbox
              key={group}
              id={`texts-${group}`}
              className="choice choice-hint"
              label={t(`texts.settings.${group}.label`)}
              description={t(`texts.settings.${group}.hint`)}
              checked={!off.includes(group)}
              onChange={(event) => toggle(group, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <fieldset className="choices" id="again">
          <legend className="legend">{t('texts.settings.again.legend')}</legend>
          <p className="muted">{t('texts.settings.again.hint')}</p>
          {AGAIN_WISHES.map((wish) => (
            <Radio
              key={wish}
              id={`again-${wish}`}
              className="choice"
              name="again"
              value={wish}
              label={t(`texts.settings.again.${wish}`)}
              checked={again === wish}
              onChange={() => setAgain(wish)}
            />
          ))}
        </fieldset>
        <p>
          <Link to="/mine/calls">{t('texts.settings.call')}</Link>
        </p>
        {act.error && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('common.save')}
        </Button>
        <Progress act={act} />
      </form>
      <section>
        <h2>{t('texts.settings.always')}</h2>
        <ul className="always">
          <li>{t('texts.settings.lost')}</li>
          <li>{t('texts.settings.offered')}</li>
          <li>{t('texts.settings.correction')}</li>
          <li>{t('texts.settings.code')}</li>
        </ul>
      </section>
    </Page>
  );
}
