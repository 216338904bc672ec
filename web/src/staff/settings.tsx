import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dialled } from '../../../shared/domain/phone.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { addDays, dateIn, dayName, moment, timeOf } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { bodyOf, faultsOf, previewOf, type Settings, type SettingsValues, valuesOf } from './settings-values.ts';
import { toast } from './toast.ts';

/** What a site's staff decide of its texts and its bookings, and from when each holds. */
export function SettingsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('settings.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const settings = useApi('GET /api/donations/settings/{siteId}', { params: { siteId } });
  const failed = site.error ?? (settings.data ? undefined : settings.error);
  return (
    <Page title={site.data?.name[language] ?? t('settings.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">
        {t('settings.lead')}
        {settings.data?.changedAt && (
          <> {t('settings.changed', { when: moment(settings.data.changedAt, settings.data.zone, language) })}</>
        )}
      </p>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void settings.refetch();
          }}
        />
      ) : !settings.data ? (
        <Loading lines={5} />
      ) : (
        <Form current={settings.data} />
      )}
    </Page>
  );
}

const MINUTES_BEFORE = [30, 60, 90, 120, 180, 240, 360, 720];
const CUTOFFS = [0, 30, 60, 120, 180, 240, 720, 1440, 2880];
const LOCKS = [1, 2, 3, 5, 10, 15];
const HOLDS = [10, 30, 60, 120, 240, 720, 1440];
const PREVIEW_TIMES = ['09:00', '14:00'];
const PREVIEW_DAYS = 3;

/** How long so many minutes are, in the largest whole unit. */
function useLength(): (minutes: number) => string {
  const { t } = useTranslation('work');
  return (minutes) => {
    if (minutes < 1) return t('settings.seconds', { n: Math.round(minutes * 60) });
    if (minutes >= 2880 && minutes % 1440 === 0) return t('settings.days', { n: minutes / 1440 });
    if (minutes >= 120 && minutes % 60 === 0) return t('settings.hours', { n: minutes / 60 });
    return t('settings.minutes', { n: minutes });
  };
}

/** The usual figures, and the one that is set. */
const withOwn = (usual: readonly number[], own: string): number[] =>
  [...new Set([...usual, ...(own === '' ? [] : [Number(own)])])].toSorted((a, b) => a - b);

function Form({ current }: { readonly current: Settings }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const length = useLength();
  // What is typed here rests on the settings as they were read, and is saved over no others without a word.
  const [base, setBase] = useState(current);
  const [values, keep, clear] = useDraft<SettingsValues>(`settings:${base.siteId}:${base.version}`, valuesOf(base));
  const [tried, setTried] = useState(false);
  const act = useAct('PUT /api/donations/settings/{siteId}', `settings:${base.siteId}`);
  const stale = act.error?.code === 'changed-meanwhile';
  const untouched = JSON.stringify(values) === JSON.stringify(valuesOf(base));
  useEffect(() => {
    if (current.version === base.version || !(stale || untouched)) return;
    setBase(current);
    if (untouched) keep(valuesOf(current));
  }, [current, base.version, stale, untouched, keep]);

  const faults = tried ? faultsOf(values, base) : [];
  const faultOf = (field: string): string | undefined => {
    const fault = faults.find((each) => each.field === field);
    return fault ? t(`settings.error.${fault.why}`) : undefined;
  };
  const refused = (act.error?.fields ?? []).map(({ path, message }) => ({
    field: path.split('.').at(-1) ?? path,
    message: path === 'phone' ? t('settings.error.phone') : `${path}: ${message}`,
  }));
  const set = (change: Partial<SettingsValues>): void => keep({ ...values, ...change });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    setTried(true);
    if (faultsOf(values, base).length > 0) return;
    const saved = await act.run({ params: { siteId: base.siteId }, body: bodyOf(values, base.version) });
    if (!saved) return;
    clear();
    setTried(false);
    setBase(saved);
    keep(valuesOf(saved));
    toast(t('settings.saved'));
  };

  const hold = (minutes: string): string =>
    minutes === ''
      ? t('settings.holdDefault', { length: length(base.deployment.usedHoldSeconds / 60) })
      : length(Number(minutes));
  const cutoff = (minutes: string): string =>
    minutes === '0' ? t('settings.untilStart') : t('settings.before', { length: length(Number(minutes)) });
  /** What somebody else has set since, where it is other than what is typed here. */
  const now = (own: string, said: (values: SettingsValues) => string): ReactNode => {
    const set = said(valuesOf(base));
    return stale && set !== own ? <p className="bad small">{t('settings.now', { value: set })}</p> : null;
  };
  const { dayBefore, dayBeforeAt, soon, minutesBefore, cutoffMinutes, phone, usedHoldMinutes, lockMinutes } = values;
  const day = addDays(dateIn(base.zone, new Date()), PREVIEW_DAYS);
  const preview = previewOf(values, base, day, PREVIEW_TIMES);
  const saidBefore = (v: SettingsValues): string => (v.dayBefore ? v.dayBeforeAt : t('settings.off'));
  const saidSoon = (v: SettingsValues): string => (v.soon ? length(Number(v.minutesBefore)) : t('settings.off'));

  return (
    <form noValidate className="question event-form settings-form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary
        problems={
          faults.length > 0 ? faults.map(({ field, why }) => ({ field, message: t(`settings.error.${why}`) })) : refused
        }
      />
      {stale && (
        <div className="notice notice-bad" role="alert">
          <WarnIcon />
          <p>{t('settings.stale')}</p>
        </div>
      )}
      <fieldset>
        <legend>
          <h2>{t('settings.reminders')}</h2>
        </legend>
        <p className="muted">{t('settings.remindersHint')}</p>
        <div className="pair">
          <div className="stack">
            <Checkbox
              className="choice"
              label={t('settings.dayBefore')}
              checked={dayBefore}
              onChange={(event) => set({ dayBefore: event.currentTarget.checked })}
            />
            {dayBefore && (
              <TextInput
                id="dayBeforeAt"
                type="time"
                label={t('settings.dayBeforeAt')}
                value={dayBeforeAt}
                error={faultOf('dayBeforeAt')}
                onChange={(event) => set({ dayBeforeAt: event.currentTarget.value })}
              />
            )}
            {now(saidBefore(values), saidBefore)}
          </div>
          <div className="stack">
            <Checkbox
              className="choice"
              label={t('settings.soon')}
              checked={soon}
              onChange={(event) => set({ soon: event.currentTarget.checked })}
            />
            {soon && (
              <NativeSelect
                id="minutesBefore"
                label={t('settings.minutesBefore')}
                value={minutesBefore}
                data={withOwn(MINUTES_BEFORE, minutesBefore).map((each) => ({
                  value: String(each),
                  label: length(each),
                }))}
                onChange={(event) => set({ minutesBefore: event.currentTarget.value })}
              />
            )}
            {now(saidSoon(values), saidSoon)}
          </div>
        </div>
        {preview.length > 0 && (
          <div aria-live="polite">
            <p>{t('settings.preview', { day: dayName(day, language) })}</p>
            <ul>
              {preview.map(({ startsAt, dueAt }) => {
                const start = timeOf(startsAt, base.zone);
                const times = dueAt.map((at) => moment(at, base.zone, language)).join(t('settings.joint'));
                return (
                  <li key={startsAt}>
                    {dueAt.length > 0
                      ? t('settings.previewLine', { start, times })
                      : t('settings.previewNone', { start })}
                  </li>
                );
              })}
            </ul>
          </div>
        )}
        {base.deployment.quiet && <p className="small muted">{t('settings.quiet', base.deployment.quiet)}</p>}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('settings.cutoff')}</h2>
        </legend>
        <NativeSelect
          id="cutoffMinutes"
          label={t('settings.cutoffMinutes')}
          description={t('settings.cutoffHint')}
          value={cutoffMinutes}
          data={withOwn(CUTOFFS, cutoffMinutes).map((each) => ({ value: String(each), label: cutoff(String(each)) }))}
          onChange={(event) => set({ cutoffMinutes: event.currentTarget.value })}
        />
        {now(cutoff(cutoffMinutes), (v) => cutoff(v.cutoffMinutes))}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('settings.contact')}</h2>
        </legend>
        <TextInput
          id="phone"
          inputMode="tel"
          autoComplete="off"
          label={t('settings.phone')}
          description={t('settings.phoneHint')}
          value={phone}
          error={faultOf('phone')}
          onChange={(event) => set({ phone: event.currentTarget.value })}
        />
        {now(phone, () => dialled(base.phone))}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('settings.hold')}</h2>
        </legend>
        <NativeSelect
          id="usedHoldMinutes"
          label={t('settings.usedHold')}
          description={t('settings.holdHint')}
          value={usedHoldMinutes}
          data={[
            { value: '', label: hold('') },
            ...withOwn(HOLDS, usedHoldMinutes).map((each) => ({ value: String(each), label: length(each) })),
          ]}
          onChange={(event) => set({ usedHoldMinutes: event.currentTarget.value })}
        />
        {now(hold(usedHoldMinutes), (v) => hold(v.usedHoldMinutes))}
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('settings.stations')}</h2>
        </legend>
        <NativeSelect
          id="lockMinutes"
          label={t('settings.lock')}
          description={t('settings.lockHint')}
          value={lockMinutes}
          data={withOwn(LOCKS, lockMinutes).map((each) => ({ value: String(each), label: length(each) }))}
          onChange={(event) => set({ lockMinutes: event.currentTarget.value })}
        />
        {now(length(Number(lockMinutes)), (v) => length(Number(v.lockMinutes)))}
      </fieldset>
      {act.error && !stale && refused.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" size="lg" loading={act.busy}>
        {t('settings.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
