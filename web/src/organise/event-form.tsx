import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/hooks.ts';
import { useDraft } from '../lib/use-draft.ts';
import { ActionError, ErrorSummary, type FieldProblem, Progress } from '../ui/states.tsx';
import {
  bodyOf,
  type EventBody,
  type EventFault,
  type EventValues,
  emptyShift,
  faultsOf,
  NOTICES,
} from './event-values.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

/** The form of a draft, in both languages side by side. What is typed is kept for the tab until it is saved. */
export function EventForm({
  name,
  initial,
  act,
  save,
}: {
  readonly name: string;
  readonly initial: EventValues;
  readonly act: Pick<Act<never>, 'busy' | 'attempt' | 'error' | 'reset'>;
  /** Answers whether it was saved. */
  readonly save: (body: EventBody) => Promise<boolean>;
}) {
  const { t } = useTranslation('work');
  const [draft, keep, clear] = useDraft(`event:${name}`, initial);
  const form = useForm<EventValues>({ initialValues: draft, onValuesChange: keep });
  const [problems, setProblems] = useState<FieldProblem[]>([]);

  const messageOf = (fault: EventFault): string => {
    if (fault.why === 'phone') return t('form.error.phone');
    if ('of' in fault) {
      const language = fault.field.endsWith('.zh') ? t('form.zh') : t('form.en');
      return t(`form.error.${fault.why}`, {
        field: t('form.inLanguage', { label: t(`form.${fault.of}`), language }),
      });
    }
    return t(`form.error.${fault.why}`, { n: fault.n });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const found = faultsOf(form.values).map((fault) => ({ field: fault.field, message: messageOf(fault) }));
    setProblems(found);
    form.setErrors(Object.fromEntries(found.map(({ field, message }) => [field, message])));
    if (found.length === 0 && (await save(bodyOf(form.values)))) clear();
  };
  // The service names a field by its path, which is the field's id.
  const refused = (act.error?.fields ?? []).map(({ path, message }) => ({
    field: path,
    message: `${path}: ${message}`,
  }));
  const field = (path: string) => ({ id: path, ...form.getInputProps(path) });

  const pair = (path: string, label: string, long = false, hint?: string) => {
    const Input = long ? Textarea : TextInput;
    return (
      <div className="pair">
        {(['zh', 'en'] as const).map((language) => (
          <Input
            key={language}
            label={t('form.inLanguage', { label, language: t(`form.${language}`) })}
            lang={language === 'zh' ? 'zh-CN' : 'en'}
            {...(hint && { description: hint })}
            {...field(`${path}.${language}`)}
          />
        ))}
      </div>
    );
  };

  return (
    <form noValidate className="question event-form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems.length > 0 ? problems : refused} />
      <fieldset>
        <legend>
          <h2>{t('form.what')}</h2>
        </legend>
        {pair('title', t('form.title'))}
        {pair('content', t('form.content'), true)}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('form.where')}</h2>
        </legend>
        {pair('district', t('form.district'))}
        {pair('community', t('form.community'))}
        {pair('address', t('form.address'))}
        <div className="pair">
          <TextInput
            label={t('form.contactPhone')}
            description={t('form.contactHint')}
            inputMode="tel"
            {...field('contactPhone')}
          />
          <NativeSelect label={t('form.zone')} description={' '} data={ZONES} {...field('zone')} />
        </div>
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('form.shifts')}</h2>
        </legend>
        {form.values.shifts.map((shift, index) => (
          <fieldset key={shift.shiftId} className="card shift-fields">
            <legend>
              <h3>{t('form.shift', { n: index + 1 })}</h3>
            </legend>
            {pair(`shifts.${index}.role`, t('form.role'))}
            <div className="pair">
              <TextInput type="datetime-local" label={t('form.starts')} {...field(`shifts.${index}.startsAtLocal`)} />
              <TextInput type="datetime-local" label={t('form.ends')} {...field(`shifts.${index}.endsAtLocal`)} />
            </div>
            <div className="pair">
              <TextInput inputMode="numeric" label={t('form.places')} {...field(`shifts.${index}.places`)} />
              <TextInput inputMode="numeric" label={t('form.minAge')} {...field(`shifts.${index}.minAge`)} />
            </div>
            {form.values.shifts.length > 1 && (
              <Button variant="subtle" onClick={() => form.removeListItem('shifts', index)}>
                {t('form.remove', { n: index + 1 })}
              </Button>
            )}
          </fieldset>
        ))}
        {form.values.shifts.length < 20 && (
          <Button variant="default" onClick={() => form.insertListItem('shifts', emptyShift(form.values.shifts))}>
            {t('form.add')}
          </Button>
        )}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('form.notice')}</h2>
        </legend>
        <p className="muted">{t('form.optional')}</p>
        {NOTICES.map((each) => (
          <div key={each}>{pair(each, t(`form.${each}`), true)}</div>
        ))}
      </fieldset>
      {act.error && refused.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" size="lg" loading={act.busy}>
        {t('form.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
