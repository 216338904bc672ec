import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { CATEGORY_NAMES } from '../../../shared/domain/service-categories.ts';
import { SERVICE_CATEGORIES, SKILLS, TRAININGS } from '../../../shared/domain/vocabulary.ts';
import type { Act } from '../api/hooks.ts';
import { useDraft } from '../lib/use-draft.ts';
import { ActionError, ErrorSummary, type FieldProblem, Progress, useLanguage } from '../ui/states.tsx';
import {
  bodyOf,
  type EventBody,
  type EventFault,
  type EventValues,
  emptyShift,
  faultsOf,
  NOTICES,
} from './event-values.ts';
import { useFieldName } from './use-field-name.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

/** The form of an event, in both languages side by side. What is typed is kept for the tab until it is saved. */
export function EventForm({
  name,
  initial,
  act,
  save,
  submit: submitLabel,
  isComplete = false,
  isPublished = false,
}: {
  readonly name: string;
  readonly initial: EventValues;
  readonly act: Pick<Act<never>, 'busy' | 'attempt' | 'error' | 'reset'>;
  /** Answers whether it was saved, so that what was typed need not be kept. */
  readonly save: (body: EventBody) => Promise<boolean>;
  readonly submit: string;
  /** All of the notice is to be there: what is missing is said at once. */
  readonly isComplete?: boolean;
  /** Volunteers see it already: all of it is to be there, and the zone stays. */
  readonly isPublished?: boolean;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const nameOf = useFieldName();
  const [draft, keep, clear] = useDraft(`event:${name}`, initial);

  const messageOf = (fault: EventFault): string => {
    if ('of' in fault) return t(`form.error.${fault.why}`, { field: nameOf(fault.field) });
    return 'n' in fault ? t(`form.error.${fault.why}`, { n: fault.n }) : t(`form.error.${fault.why}`);
  };
  const wrong = (values: EventValues): FieldProblem[] =>
    faultsOf(values, isComplete || isPublished).map((fault) => ({ field: fault.field, message: messageOf(fault) }));
  const marked = (found: readonly FieldProblem[]) =>
    Object.fromEntries(found.map(({ field, message }) => [field, message]));
  const [problems, setProblems] = useState<FieldProblem[]>(() => (isComplete ? wrong(draft) : []));
  const form = useForm<EventValues>({
    initialValues: draft,
    initialErrors: marked(problems),
    onValuesChange: keep,
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const found = wrong(form.values);
    setProblems(found);
    form.setErrors(marked(found));
    if (found.length === 0 && (await save(bodyOf(form.values)))) clear();
  };
  // The service names a field by its path, which is the field's id; of a text it means both languages, the first of which it is.
  const refused = (act.error?.fields ?? []).map(({ path, message }) => {
    const at = path.replace(/^body\./, '').replace(/^restMinutes$/, 'restHours');
    return { field: document.getElementById(at) ? at : `${at}.zh`, message: `${nameOf(at)}: ${message}` };
  });
  const field = (path: string) => ({ id: path, ...form.getInputProps(path) });

  const pair = (path: string, label: string, long = false, hint?: string) => {
    const Input = long ? Textarea : TextInput;
    return (
      <div className="pair">
        {(['zh', 'en'] as const).map((each) => (
          <Input
            key={each}
            label={t('form.inLanguage', { label, language: t(`form.${each}`) })}
            lang={each === 'zh' ? 'zh-CN' : 'en'}
            {...(hint && { description: hint })}
            {...field(`${path}.${each}`)}
          />
        ))}
      </div>
    );
  };
  const needs = (index: number, of: 'skills' | 'trainings') => (
    <Checkbox.Group label={t(`form.${of}`)} {...form.getInputProps(`shifts.${index}.needs`)}>
      <div className="needs">
        {(of === 'skills' ? SKILLS : TRAININGS).map((each) => (
          <Checkbox key={each} value={each} label={QUALIFICATION_NAMES[each][language]} />
        ))}
      </div>
    </Checkbox.Group>
  );

  return (
    <form noValidate className="question event-form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems.length > 0 ? problems : refused} />
      <fieldset>
        <legend>
          <h2>{t('form.what')}</h2>
        </legend>
        {pair('title', t('form.title'))}
        {pair('content', t('form.content'), true)}
        <NativeSelect
          label={t('form.category')}
          description={t('form.categoryHint')}
          data={SERVICE_CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[value][language] }))}
          {...field('category')}
        />
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
          <NativeSelect
            label={t('form.zone')}
            description={' '}
            data={ZONES}
            disabled={isPublished}
            {...field('zone')}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('form.notice')}</h2>
        </legend>
        {!isPublished && <p className="muted">{t('form.optional')}</p>}
        {NOTICES.map((each) => (
          <div key={each}>{pair(each, t(`form.${each}`), true)}</div>
        ))}
        <Checkbox
          label={t('form.insures')}
          description={t('form.insuresHint')}
          {...form.getInputProps('insures', { type: 'checkbox' })}
        />
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
              <TextInput inputMode="numeric" label={t('form.minimum')} {...field(`shifts.${index}.minimum`)} />
            </div>
            <div className="pair">
              <TextInput inputMode="numeric" label={t('form.minAge')} {...field(`shifts.${index}.minAge`)} />
              <TextInput inputMode="numeric" label={t('form.maxAge')} {...field(`shifts.${index}.maxAge`)} />
            </div>
            <details className="needs-more" open={shift.needs.length > 0}>
              <summary>{t('form.needs')}</summary>
              {needs(index, 'skills')}
              {needs(index, 'trainings')}
              <p className="small muted">{t('form.needsHint')}</p>
            </details>
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
          <h2>{t('form.signUp')}</h2>
        </legend>
        <p className="muted">{t('form.signUpHint')}</p>
        <div className="pair">
          <TextInput type="datetime-local" label={t('form.opens')} {...field('opensAtLocal')} />
          <TextInput type="datetime-local" label={t('form.closes')} {...field('closesAtLocal')} />
        </div>
        <div className="pair">
          <TextInput
            inputMode="decimal"
            label={t('form.rest')}
            description={t('form.restHint')}
            {...field('restHours')}
          />
          <TextInput
            inputMode="numeric"
            label={t('form.most')}
            description={t('form.mostHint')}
            {...field('mostShifts')}
          />
        </div>
        <TextInput
          className="short-field"
          inputMode="numeric"
          label={t('form.team')}
          description={t('form.teamHint')}
          {...field('mostTeam')}
        />
      </fieldset>
      {act.error && refused.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" size="lg" loading={act.busy}>
        {submitLabel}
      </Button>
      <Progress act={act} />
    </form>
  );
}
